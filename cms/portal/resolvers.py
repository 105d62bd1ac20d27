"""GraphQL's ``site``."""

from __future__ import annotations

from cms.delivery.graphql.resolvers import Resolver
from cms.pages.build import Build
from cms.pages.exposed import Json
from cms.portal.facts import FACTS_SCHEMA, read_facts
from cms.portal.routes import SiteParameters

__all__ = ["resolve_site", "resolvers"]


def resolve_site(build: Build, locale: str | None = None) -> Json:
    """The facts of the site: owner, contact, licence, languages, groups of links."""
    facts = read_facts(SiteParameters.of({"locale": locale}).locale)
    build.note(*facts.tags)
    build.note_moment(facts.until)
    return facts.body


resolvers = {"site": Resolver(resolve_site, answer=FACTS_SCHEMA)}
