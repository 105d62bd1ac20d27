"""Translation memory: what was translated once is offered wherever the like of it stands."""
