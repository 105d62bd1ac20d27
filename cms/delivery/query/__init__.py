"""The query language of lists: columns, filters, sort keys, cursors, projections."""
