"""Blocks for bodies: text, media, and what plans and official documents are made of."""
