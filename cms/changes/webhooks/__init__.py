"""Webhooks: the change feed told to other servers, after Standard Webhooks."""
