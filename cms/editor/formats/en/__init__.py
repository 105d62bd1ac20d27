"""See cms.editor.formats."""
