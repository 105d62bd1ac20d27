"""``GET /api/v1/site``."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse
from pydantic import Field

from cms.delivery.parameters import LocaleCode, Parameters
from cms.delivery.routing import Routes, json_response
from cms.portal.facts import FACTS_SCHEMA, read_facts

__all__ = ["SiteParameters", "routes"]

routes = Routes("Site")


class SiteParameters(Parameters):
    """The parameters of ``/site``."""

    locale: LocaleCode | None = Field(
        default=None,
        description="Locale of the texts; one without a translation is given in the default "
        "locale, and `locale_served` then says so.",
    )


@routes.get("site", answer=FACTS_SCHEMA)
def site(request: HttpRequest, parameters: SiteParameters) -> HttpResponse:
    """The facts of the site: owner, contact, licence, languages, groups of links."""
    facts = read_facts(parameters.locale)
    return json_response(request, orjson.dumps(facts.body), tags=facts.tags, until=facts.until)
