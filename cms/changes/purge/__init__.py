"""Purging: shared caches in front of this server are told what has changed."""
