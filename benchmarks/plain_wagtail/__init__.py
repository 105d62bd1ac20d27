"""A plain Wagtail site with the same content, set up as Wagtail's documentation says."""
