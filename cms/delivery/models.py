"""Delivery's models: menus alone, since all else is read from the core's tables."""

from cms.delivery.menus.models import Menu

__all__ = ["Menu"]
