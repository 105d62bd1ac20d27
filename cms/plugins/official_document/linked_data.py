"""An official document in the words of schema.org: ``Legislation``, after the ELI ontology."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cms.plugins.api import Links, document_types
from cms.plugins.official_document.children import Relation
from cms.plugins.official_document.validity import ValidityStatus

__all__ = ["describe_document"]

_FORCE: dict[str, str] = {
    ValidityStatus.IN_FORCE: "InForce",
    ValidityStatus.PARTLY_EXPIRED: "PartiallyInForce",
    ValidityStatus.PARTLY_SUSPENDED: "PartiallyInForce",
    ValidityStatus.NOT_YET: "NotInForce",
    ValidityStatus.EXPIRED: "NotInForce",
    ValidityStatus.SUSPENDED: "NotInForce",
}
_RELATIONS: dict[str, str] = {
    Relation.AMENDS: "legislationAmends",
    Relation.SUPPLEMENTS: "legislationAmends",
    Relation.REPLACES: "legislationRepeals",
    Relation.REPEALS: "legislationRepeals",
    Relation.CORRECTS: "legislationCorrects",
    Relation.CONSOLIDATES: "legislationConsolidates",
    Relation.IMPLEMENTS: "legislationEnsuresImplementationOf",
    Relation.GUIDES: "legislationEnsuresImplementationOf",
    Relation.BASED_ON: "citation",
    Relation.CITES: "citation",
}
"""Those that schema.org has a property for."""

_TYPES = {entry.code: entry.name for entry in document_types.DOCUMENT_TYPES}


def describe_document(document: Mapping[str, Any], links: Links) -> dict[str, Any]:
    """The members of an official document's description."""
    force = _FORCE[document["validity"]["status"]]
    return {
        "@type": "Legislation",
        "description": document["abstract"],
        "legislationIdentifier": document["number"],
        "legislationType": _TYPES.get(document["document_type"], document["document_type"]),
        "legislationDate": document["issued_on"],
        "legislationDateOfApplicability": document["effective_on"] or document["issued_on"],
        "legislationLegalForce": f"https://schema.org/{force}",
        "legislationPassedBy": links.organisation(document["issuer"]),
        "legislationResponsible": links.person(document["signer"]),
        "keywords": links.names(document["topics"]),
        "encoding": [links.file(one["file"]) for one in document["files"]],
        **_relations(document["resolved_references"], links),
    }


def _relations(references: Any, links: Links) -> dict[str, list[dict[str, Any]]]:
    """The documents that this one names, by what it does to them."""
    related: dict[str, list[dict[str, Any]]] = {}
    for reference in references:
        if name := _RELATIONS.get(reference["relation"]):
            card = reference["document"]
            related.setdefault(name, []).append(
                {
                    "@type": "Legislation",
                    "legislationIdentifier": reference["number"],
                    "name": card["title"] if card else None,
                    "url": links.page(card["path"]) if card else None,
                }
            )
    return related
