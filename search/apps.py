"""Search as an app: what it hands to the worker."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Comes above the pages and below whoever asks for them."""

    name = "search"
    label = "search"

    def ready(self) -> None:
        from cms.changes.worker import register_duty
        from search.admin.renewal import RenewEntries

        register_duty(RenewEntries())
