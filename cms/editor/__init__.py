"""The Vietnamese admin: lists, forms, previews, and what editors are told."""
