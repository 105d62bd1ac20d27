"""Webhooks in the admin: set up, tested, and followed in their log."""

from __future__ import annotations

from cms.editor.webhooks.endpoints import WebhookViewSet
from cms.editor.webhooks.messages import (
    WebhookMessageViewSet,
    webhook_messages_menu_item,
    webhook_permissions,
)

__all__ = [
    "WebhookMessageViewSet",
    "WebhookViewSet",
    "webhook_messages_menu_item",
    "webhook_permissions",
]
