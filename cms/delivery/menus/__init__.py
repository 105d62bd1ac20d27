"""Menus: composed by editors, delivered as trees of what the public may see."""
