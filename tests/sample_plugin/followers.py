"""Who follows the change feed for the plugin."""

from __future__ import annotations

from cms.plugins.api import Change, Follower

__all__ = ["CourseFollower", "followers"]


class CourseFollower(Follower):
    """Remembers which courses changed, as a calendar elsewhere would."""

    name = "course-calendar"

    def __init__(self) -> None:
        self.seen: list[int] = []

    def follow(self, change: Change) -> None:
        """Notes a change of a course."""
        if change.type == "course" and change.object_id is not None:
            self.seen.append(change.object_id)


followers = [CourseFollower()]
