"""What the soak of search is made of: pages, editors, readers, and what these must have seen."""
