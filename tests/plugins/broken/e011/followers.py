"""The class is handed over, not an instance."""

from cms.plugins.api import Change, Follower


class Counter(Follower):
    """Counts."""

    name = "counter"

    def follow(self, change: Change) -> None:
        """Does nothing."""


followers = [Counter]
