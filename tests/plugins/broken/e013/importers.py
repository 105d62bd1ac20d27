"""A list in place of a dict."""

importers: list[object] = []
