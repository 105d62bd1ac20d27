"""Terms: how words of the sector and of administration are translated, and the check of it."""
