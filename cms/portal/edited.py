"""Whether a person has worked on something that the portal shipped with."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import registry as log_registry

__all__ = ["was_edited"]


def was_edited(instance: Any) -> bool:
    """Whether a person has done anything to it, as Wagtail's log tells."""
    return bool(log_registry.get_logs_for_instance(instance).filter(user__isnull=False).exists())
