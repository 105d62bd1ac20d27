"""The app of search: its glossary, and what it hands to the worker."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Registers the glossary as a shared record: it is exported and imported as others are."""

    name = "search"
    label = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.changes.worker import register_duty, register_follower
        from cms.plugins.config import register_models
        from search.admin.filling import FillEntries
        from search.admin.renewal import RenewEntries
        from search.checks import check_indexes
        from search.engines import embedded_engine, server_engine
        from search.indexing.duties import KeepIndexes
        from search.indexing.follower import IndexFollower

        register_models(self, self.get_models())
        register_follower(IndexFollower(embedded_engine, "search-embedded"))
        register_follower(IndexFollower(server_engine, "search-elasticsearch", asks_servers=True))
        register_duty(RenewEntries())
        register_duty(FillEntries())
        register_duty(KeepIndexes())
        checks.register(check_indexes, checks.Tags.database)
