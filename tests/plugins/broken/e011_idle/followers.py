"""A follower without follow()."""

from cms.plugins.api import Follower


class Idle(Follower):
    """Forgot its only method."""

    name = "idle"


followers = [Idle()]
