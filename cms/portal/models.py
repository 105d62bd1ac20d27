"""Facts of the site: who runs it, where they are found, under which licence.

What a public portal must say of its owner (Nghị định 147/2024/NĐ-CP on the licence and the person
responsible; Thông tư 22/2023/TT-BTTTT on the footer) stands here once, for every frontend.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Locale, Orderable

from cms.changes.feed import append
from cms.changes.models import Change, Reason
from cms.pages.models import PortalImage
from cms.pages.stale import mark_stale
from cms.portal.blocks import LinkGroupBlock

__all__ = ["SITE_TAG", "SiteFacts", "SiteFactsTranslation"]

SITE_TAG = "site"
"""What answers that show site facts are tagged with."""

_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


def validate_phones(text: str) -> None:
    """A telephone number a line, in the form of E.164; raises ValidationError naming the wrong."""
    for line in text.splitlines():
        if line.strip() and not _PHONE.fullmatch(line.strip()):
            raise ValidationError(
                _("“%(number)s” is no telephone number. It is written like +842343833105."),
                params={"number": line.strip()},
            )


@register_setting(icon="site", order=10)
class SiteFacts(ClusterableModel, BaseGenericSetting):
    """The one row of facts; texts in the default locale, others in its translations."""

    name = models.CharField(_("name"), max_length=255, blank=True)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    logo = models.ForeignKey(
        PortalImage, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("logo"),
    )  # fmt: skip
    superior_body = models.CharField(_("superior body"), max_length=255, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    phones = models.TextField(
        _("telephones"), blank=True, validators=[validate_phones],
        help_text=_("One a line, with the country's code: +842343833105."),
    )  # fmt: skip
    fax = models.CharField(_("fax"), max_length=20, blank=True, validators=[RegexValidator(_PHONE)])
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("office hours"), max_length=255, blank=True)
    licence_number = models.CharField(_("licence number"), max_length=60, blank=True)
    licence_issuer = models.CharField(_("licence issued by"), max_length=255, blank=True)
    licence_issued_on = models.DateField(_("licence issued on"), null=True, blank=True)
    responsible_name = models.CharField(_("person responsible"), max_length=120, blank=True)
    responsible_title = models.CharField(_("title of that person"), max_length=255, blank=True)
    link_groups = StreamField(
        [("group", LinkGroupBlock())], blank=True, verbose_name=_("groups of links")
    )

    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("name", "short_name", "superior_body", "logo")],
            heading=_("Owner"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("address", "phones", "fax", "email", "hours")],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "licence_number", "licence_issuer", "licence_issued_on", "responsible_name",
                    "responsible_title",
                )
            ],
            heading=_("Licence"),
        ),
        FieldPanel("link_groups"),
        InlinePanel("translations", heading=_("Other languages"), label=_("Language")),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("site facts")
        verbose_name_plural = _("site facts")

    def __str__(self) -> str:
        return self.name or str(_("site facts"))

    @property
    def phone_numbers(self) -> list[str]:
        """The telephone numbers, E.164."""
        return [line.strip() for line in self.phones.splitlines() if line.strip()]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves, and tells the change feed in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            mark_stale([SITE_TAG])
            append([Change(reason=Reason.UPDATE, type="site", tags=[SITE_TAG])])


class SiteFactsTranslation(Orderable):
    """What of the facts reads otherwise in another language; empty is as in the default one."""

    facts = ParentalKey(SiteFacts, on_delete=models.CASCADE, related_name="translations")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+", verbose_name=_("language"))
    name = models.CharField(_("name"), max_length=255, blank=True)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    superior_body = models.CharField(_("superior body"), max_length=255, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    hours = models.CharField(_("office hours"), max_length=255, blank=True)
    licence_issuer = models.CharField(_("licence issued by"), max_length=255, blank=True)
    responsible_title = models.CharField(_("title of that person"), max_length=255, blank=True)

    texts: ClassVar[tuple[str, ...]] = (
        "name", "short_name", "superior_body", "address", "hours", "licence_issuer",
        "responsible_title",
    )  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = _("site facts in another language")
        verbose_name_plural = _("site facts in other languages")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["facts", "locale"], name="site_facts_once_a_locale")
        ]

    def __str__(self) -> str:
        return f"{self.locale}: {self.name}"
