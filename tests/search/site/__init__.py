"""Search as a whole: pages are published, the feed is followed, readers ask over HTTP."""
