"""The endpoints of the public contract, one module a concern."""
