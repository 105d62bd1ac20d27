"""A follower that can't follow."""
