"""A follower's class in place of a follower."""
