"""Previews: the frontend shows a draft to its editor, with a token that lives an hour at most."""
