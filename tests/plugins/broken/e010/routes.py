"""No Routes."""

routes = ["events/"]
