"""Declares the plain site's models to grapple, as its documentation says."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["GrappleWagtailConfig"]


class GrappleWagtailConfig(AppConfig):
    """Stands before grapple in INSTALLED_APPS, which reads the declarations when it is ready."""

    name = "benchmarks.grapple_wagtail"

    def ready(self) -> None:
        """Fields of a plan's card, and a list of plans of their own model.

        Of grapple's ways to list pages that is the quickest: ``pages`` reads the base model first.
        """
        from grapple.helpers import register_query_field
        from grapple.models import GraphQLForeignKey, GraphQLString

        from benchmarks.plain_wagtail.models import Organisation, PlanPage

        names = [GraphQLString("code"), GraphQLString("name")]
        Organisation.graphql_fields = names  # type: ignore[attr-defined]  # where grapple looks
        PlanPage.graphql_fields = [
            GraphQLString("number"),
            GraphQLString("document_type"),
            GraphQLForeignKey("issuer", "plain_wagtail.Organisation"),
            GraphQLString("issued_on"),
            GraphQLString("abstract"),
        ]
        register_query_field("plan", "plans")(PlanPage)
