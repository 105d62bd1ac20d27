"""Preview tokens whose time is over are removed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from cms.changes.duties import Duty
from cms.delivery.models import PreviewToken

__all__ = ["RemovePreviews"]


class RemovePreviews(Duty):
    """Nobody reads with them any more: this is for the space that they take."""

    name = "remove_previews"

    def due(self) -> Iterable[str]:
        return ["expired"] if self._expired().exists() else []

    def run(self, key: str) -> bool:
        deleted, _by_model = self._expired().delete()
        return deleted > 0

    def _expired(self) -> QuerySet[PreviewToken]:
        return PreviewToken.objects.filter(expires_at__lte=timezone.now())
