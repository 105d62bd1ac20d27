"""The panel beside wagtail-localize's editor: what helps to translate the segment at hand."""
