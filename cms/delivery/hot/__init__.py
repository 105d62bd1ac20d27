"""The hot path: repeated anonymous reads, answered from memory before Django (design, 6)."""
