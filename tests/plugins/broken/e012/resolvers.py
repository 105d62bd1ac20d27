"""A word in place of a function."""

resolvers = {"upcoming_events": "events"}
