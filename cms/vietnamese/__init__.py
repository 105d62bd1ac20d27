"""The Vietnamese language and its administrative writing, as pure functions.

No module here imports Django: importers, search, the editor and the plugins share these functions.
"""
