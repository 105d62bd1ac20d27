"""Content in and out as JSON Lines: one page, shared record, image or file a line."""
