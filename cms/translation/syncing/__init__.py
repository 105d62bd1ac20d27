"""From source to translation: submitting, syncing, carrying over, and what all of it has led to."""
