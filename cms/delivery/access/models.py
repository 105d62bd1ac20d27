"""Access tokens: who they are for, what they reach, and until when."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.pages.scope import Scope, load_scope

__all__ = ["ApiToken", "Reach", "TokenSection", "read_origins"]


class Reach(models.TextChoices):
    """Where a token reads."""

    EVERYWHERE = "everywhere", _("the whole portal")
    SECTIONS = "sections", _("only the sections below")


def read_origins(text: str) -> list[str]:
    """The origins in a text with one on each line, as browsers write them.

    Raises ValidationError for a line that is no origin.
    """
    origins = []
    for line in text.split():
        url = urlsplit(line.rstrip("/").lower())
        bare = url.path == url.query == url.fragment == "" and "@" not in url.netloc
        if url.scheme not in ("https", "http") or not url.hostname or not bare:
            raise ValidationError(
                _("%(line)s is not an origin such as https://portal.example.vn."),
                params={"line": line},
            )
        origins.append(f"{url.scheme}://{url.netloc}")
    return origins


def validate_origins(text: str) -> None:
    """A form's check of :func:`read_origins`."""
    read_origins(text)


class ApiToken(ClusterableModel):
    """One access token; its secret is shown once and kept as a SHA-256 digest.

    ``locales`` empty stands for every locale. A token for sections whose sections were all deleted
    reaches nothing.
    """

    name = models.CharField(
        _("name"), max_length=100, unique=True, help_text=_("Whom it is for: the site, the app.")
    )
    reads_drafts = models.BooleanField(
        _("reads drafts too"),
        default=False,
        help_text=_("Only for a trial site: drafts are read one by one, never listed."),
    )
    reach = models.CharField(
        _("reads"), max_length=12, choices=Reach.choices, default=Reach.EVERYWHERE
    )
    locales: models.JSONField[list[str], list[str]] = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("None chosen: every language.")
    )
    allowed_origins = models.TextField(
        _("sites whose scripts may use it"),
        blank=True,
        validators=[validate_origins],
        help_text=_("One origin on each line, such as https://portal.example.vn."),
    )
    rate_limit = models.CharField(
        _("rate limit"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(
                re.compile(r"[1-9][0-9]{0,8}/(?:second|minute|hour)\Z"),
                _("Write a limit like 600/minute (second, minute or hour)."),
            )
        ],
        help_text=_("For example 600/minute. Left empty, the server's own."),
    )
    expires_at = models.DateTimeField(
        _("valid until"), null=True, blank=True, help_text=_("Left empty: until it is revoked.")
    )
    revoked = models.BooleanField(
        _("revoked"), default=False, help_text=_("At once and for good: nobody reads with it.")
    )
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A revoked token stays revoked: its secret may be in other hands."""
        super().clean()
        if self.pk and not self.revoked:
            known: Any = ApiToken.objects.filter(pk=self.pk, revoked=True)
            if known.exists():
                raise ValidationError(
                    {"revoked": _("A revoked token can't come back: create another one.")}
                )

    @property
    def is_valid(self) -> bool:
        """Whether it may be used now."""
        return not self.revoked and (self.expires_at is None or self.expires_at > timezone.now())

    @property
    def origins(self) -> list[str]:
        """The origins whose scripts may use it."""
        return read_origins(self.allowed_origins)

    def load_scope(self) -> Scope:
        """What it sees, as the pages stand now."""
        if self.reach == Reach.EVERYWHERE:
            return load_scope(self.locales, None)
        return load_scope(self.locales, self.sections.values_list("page_id", flat=True))


class TokenSection(models.Model):
    """A page that a token reads, with everything below it and their translations."""

    token = ParentalKey(ApiToken, on_delete=models.CASCADE, related_name="sections")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("section"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("section of a token")
        verbose_name_plural = _("sections of a token")

    def __str__(self) -> str:
        return f"{self.token_id}: {self.page_id}"
