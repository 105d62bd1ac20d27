"""The checks' ids, which are stable: a number is never given to another check."""

from __future__ import annotations

from django.core.checks import Error

__all__ = ["CATALOGUE", "DOCS", "problem"]

DOCS = "docs/plugins/checks.md"

CATALOGUE: dict[str, str] = {
    # What a plugin says of itself.
    "cms.E001": "An entry of CMS_PLUGINS is not a ContentPlugin",
    "cms.E002": "A disabled label is not installed",
    "cms.E003": "A plugin does not say which version it requires",
    "cms.E004": "A plugin's requirement can't be read",
    "cms.E005": "A plugin's requirement is not met",
    "cms.E006": "A label is not a singular noun",
    "cms.E007": "A page model's name does not end in Page",
    "cms.E008": "A plugin's settings don't fit its conf.py",
    "cms.E009": "An optional module can't be used",
    "cms.E010": "routes.py hands over no routes",
    "cms.E011": "followers.py hands over no followers",
    "cms.E012": "resolvers.py hands over no resolvers",
    "cms.E013": "importers.py hands over no importers",
    "cms.E014": "conf.py hands over no settings model",
    # Content types as a whole.
    "cms.E020": "A content type declares api_fields",
    "cms.E021": "A content type declares no exposed_fields",
    "cms.E022": "A page type belongs to no plugin",
    "cms.E023": "A page type has no possible place",
    "cms.E024": "A natural key is not a unique field",
    "cms.E025": "Two content types have one public name",
    "cms.E026": "Two shapes have one GraphQL name",
    # Exposed fields.
    "cms.E030": "An exposed field does not exist",
    "cms.E031": "An exposed field has an envelope name",
    "cms.E032": "A field is exposed twice",
    "cms.E033": "No kind says how a field is delivered",
    "cms.E034": "A field can't be filtered",
    "cms.E035": "A field can't be sorted",
    "cms.E036": "A card would hold cards",
    "cms.E037": "A searched field has no text",
    "cms.E038": "A search weight is not above 0",
    "cms.E039": "A translated field has no text",
    "cms.E040": "A computed field's schema is not a JSON Schema",
    "cms.E041": "A record's or child row's text can't be translated",
    # Blocks.
    "cms.E050": "No kind says how a block is delivered",
    "cms.E051": "A stream block loses blocks that it does not know",
    "cms.E052": "A RawHTMLBlock is used",
    "cms.E053": "Translators would never see a block's text",
    "cms.E054": "Two blocks of different shapes have one name",
    "cms.E055": "A block leaves untranslated what it does not have",
}
"""Every id with what is wrong, in the words of its section in the documentation."""


def problem(check_id: str, message: str, *, hint: str, obj: object) -> Error:
    """An error with its hint and the section that explains it; KeyError for an unknown id."""
    title = CATALOGUE[check_id]
    return Error(
        f"{title}: {message}",
        hint=f"{hint} See {DOCS}#{check_id.replace('.', '').lower()}",
        obj=obj,
        id=check_id,
    )
