"""GraphQL: the published documents once more, as objects that a client chooses the fields of."""
