"""Translation on top of wagtail-localize: its segments and its editor, and what those lack."""
