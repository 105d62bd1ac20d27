"""Exchange with other translation tools: XLIFF 1.2 and 2.0, and PO, out and back in."""
