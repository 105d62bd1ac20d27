"""The page beside the side-by-side editor where carried translations are looked at."""
