"""Machine translation: which provider translates from which locale into which."""
