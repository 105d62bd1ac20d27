"""Pictures: what is taken in, what is told of them, how their sizes are made.

Everything that comes from outside passes :func:`cms.pages.pictures.inspection.read_picture`.
"""
