"""Who translates what: a group, one section and one language."""
