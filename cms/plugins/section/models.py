"""The portal's root and the landing pages of its branches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from cms.plugins.api import BodyBlock, ContentPage, ExposedField, Links, page_type_choices

__all__ = ["HomePage", "SectionPage"]


class TypeListField(models.JSONField[Any, Any]):
    """A list of public type names, ticked off in the editor; empty means all."""

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=page_type_choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )


class HomePage(ContentPage):
    """The portal's front page: the root of a locale's tree."""

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_types: ClassVar = ("root",)
    child_types: ClassVar = ("section",)
    exposed_fields: ClassVar = [
        ExposedField("lead", search=2.0, translate=True),
        ExposedField("body", search=True, translate=True),
    ]

    in_feeds: ClassVar = False

    page_description = _("The front page of the portal in one language.")

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """What the front page says of itself."""
        return {"description": document["lead"]}

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class SectionPage(ContentPage):
    """The landing page of a branch; says which types may be put below it."""

    lead = models.TextField(
        _("lead"), blank=True, help_text=_("One or two sentences: what is found here.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    allowed_types = TypeListField(
        _("types allowed below"),
        default=list,
        blank=True,
        help_text=_("What editors may put into this section. Nothing ticked: every type."),
    )

    parent_types: ClassVar = ("home", "section")
    child_types: ClassVar = ("section",)
    exposed_fields: ClassVar = [
        ExposedField("lead", search=2.0, translate=True, card=True),
        ExposedField("body", search=True, translate=True),
        ExposedField("allowed_types"),
    ]

    in_feeds: ClassVar = False

    page_description = _("A branch of the portal; says which pages may stand in it.")

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """A ``CollectionPage``."""
        return {"@type": "CollectionPage", "description": document["lead"]}

    def allows_child(self, model: Any) -> bool:
        """The types ticked off here; sections may always be divided further."""
        allowed = {name for name, _label in page_type_choices()} & set(self.allowed_types)
        return not allowed or model is SectionPage or model.type_name() in allowed

    def clean(self) -> None:
        """Refuses a list that shuts out pages which stand here already."""
        super().clean()
        if self.pk is None or not self.path:
            return
        shut_out = [
            child.title
            for child in self.get_children().specific()
            if isinstance(child, ContentPage) and not self.allows_child(type(child))
        ]
        if shut_out:
            raise ValidationError(
                {
                    "allowed_types": _("These pages stand here already: %(pages)s.")
                    % {"pages": ", ".join(shut_out[:5])}
                }
            )
