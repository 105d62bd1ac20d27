"""An optional module with an import that fails."""
