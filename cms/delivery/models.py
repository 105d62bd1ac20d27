"""Delivery's models: menus and tokens, since all else is read from the core's tables."""

from cms.delivery.access.models import ApiToken, Reach, TokenSection
from cms.delivery.menus.models import Menu

__all__ = ["ApiToken", "Menu", "Reach", "TokenSection"]
