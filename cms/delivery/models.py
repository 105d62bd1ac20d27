"""Delivery's models: menus, tokens, persisted queries; all else is read from the core's tables."""

from cms.delivery.access.models import ApiToken, Reach, TokenSection
from cms.delivery.graphql.models import PersistedQuery
from cms.delivery.menus.models import Menu
from cms.delivery.preview.models import PreviewToken

__all__ = ["ApiToken", "Menu", "PersistedQuery", "PreviewToken", "Reach", "TokenSection"]
