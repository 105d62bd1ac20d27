"""The core of content: pages, kinds, published documents."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Registers the shared records and connects what keeps documents in step."""

    name = "cms.pages"
    label = "pages"
    verbose_name = _("Content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.changes.webhooks.messages import WebhookFollower
        from cms.changes.worker import register_duty, register_follower
        from cms.pages import duties, receivers, renditions
        from cms.pages.collation import register_collation
        from cms.pages.followers import Dependants
        from cms.pages.types_in_use import TellTypesInUse
        from cms.pages.visibility import visible_changes
        from cms.plugins.config import register_models

        register_models(self, self.get_models())
        connection_created.connect(register_collation, dispatch_uid="cms.pages")
        receivers.connect()
        register_follower(Dependants())
        register_follower(WebhookFollower(visible_changes))
        register_follower(renditions.NoteShownImages())
        register_duty(TellTypesInUse())
        register_duty(duties.PublishScheduled())
        register_duty(duties.ExpirePages())
        register_duty(duties.RebuildStale())
        register_duty(renditions.DescribeImages())
        register_duty(renditions.MakeRenditions())
