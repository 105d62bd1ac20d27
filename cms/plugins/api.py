"""All that a plugin imports: ``from cms.plugins.api import …``.

Within a major ``VERSION`` names here are only added; everything else of the project may move.
Each name is loaded when it is first asked for, since ``apps.py`` imports from here before models
may be imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cms.changes.followers import Follower
    from cms.changes.models import Change, Reason
    from cms.delivery.graphql.resolvers import Resolver
    from cms.delivery.parameters import LocaleParameters, Parameters
    from cms.delivery.problems import Problem
    from cms.delivery.routing import Routes, json_response
    from cms.pages.blocks.base import KeepingStreamBlock, UnavailableBlock
    from cms.pages.blocks.body import BodyBlock, DocumentBodyBlock
    from cms.pages.blocks.media import (
        EmbedBlock,
        FileListBlock,
        GalleryBlock,
        PageCardListBlock,
        PictureBlock,
    )
    from cms.pages.blocks.provisions import LegalBasisBlock, TaskBlock
    from cms.pages.blocks.text import (
        CalloutBlock,
        CitationBlock,
        HeadingBlock,
        ParagraphBlock,
        QuotationBlock,
        TableBlock,
    )
    from cms.pages.build import Build
    from cms.pages.exposed import ComputedField, ExposedField, Json, JsonSchema
    from cms.pages.kinds import BLOCK_KINDS, FIELD_KINDS, Definitions, Intake, IntakeError, Kind
    from cms.pages.linked_data import Links
    from cms.pages.models import (
        ContentPage,
        ContentSnippet,
        Organisation,
        Person,
        PortalDocument,
        PortalImage,
        Topic,
    )
    from cms.pages.models.page import page_type_choices
    from cms.pages.reading import load_document
    from cms.pages.text_import import (
        ImportedText,
        LeftOut,
        TextImporter,
        find_organisation,
        find_person,
        posted_at,
        shorten,
    )
    from cms.pages.visibility import typed_documents, visible_documents
    from cms.plugins.config import ContentPlugin
    from cms.vietnamese import (
        citations,
        dates,
        document_numbers,
        document_text,
        document_types,
        legal_notices,
        provisions,
    )

VERSION = "1.0.0"

_HOMES: dict[str, str] = {
    "BLOCK_KINDS": "cms.pages.kinds",
    "BodyBlock": "cms.pages.blocks.body",
    "Build": "cms.pages.build",
    "CalloutBlock": "cms.pages.blocks.text",
    "Change": "cms.changes.models",
    "CitationBlock": "cms.pages.blocks.text",
    "ComputedField": "cms.pages.exposed",
    "ContentPage": "cms.pages.models",
    "ContentPlugin": "cms.plugins.config",
    "ContentSnippet": "cms.pages.models",
    "Definitions": "cms.pages.kinds",
    "DocumentBodyBlock": "cms.pages.blocks.body",
    "EmbedBlock": "cms.pages.blocks.media",
    "ExposedField": "cms.pages.exposed",
    "FIELD_KINDS": "cms.pages.kinds",
    "FileListBlock": "cms.pages.blocks.media",
    "Follower": "cms.changes.followers",
    "GalleryBlock": "cms.pages.blocks.media",
    "HeadingBlock": "cms.pages.blocks.text",
    "ImportedText": "cms.pages.text_import",
    "Intake": "cms.pages.kinds",
    "IntakeError": "cms.pages.kinds",
    "Json": "cms.pages.exposed",
    "JsonSchema": "cms.pages.exposed",
    "KeepingStreamBlock": "cms.pages.blocks.base",
    "Kind": "cms.pages.kinds",
    "LeftOut": "cms.pages.text_import",
    "LegalBasisBlock": "cms.pages.blocks.provisions",
    "Links": "cms.pages.linked_data",
    "LocaleParameters": "cms.delivery.parameters",
    "Organisation": "cms.pages.models",
    "PageCardListBlock": "cms.pages.blocks.media",
    "ParagraphBlock": "cms.pages.blocks.text",
    "Parameters": "cms.delivery.parameters",
    "Person": "cms.pages.models",
    "PictureBlock": "cms.pages.blocks.media",
    "PortalDocument": "cms.pages.models",
    "PortalImage": "cms.pages.models",
    "Problem": "cms.delivery.problems",
    "QuotationBlock": "cms.pages.blocks.text",
    "Reason": "cms.changes.models",
    "Resolver": "cms.delivery.graphql.resolvers",
    "Routes": "cms.delivery.routing",
    "TableBlock": "cms.pages.blocks.text",
    "TaskBlock": "cms.pages.blocks.provisions",
    "TextImporter": "cms.pages.text_import",
    "Topic": "cms.pages.models",
    "UnavailableBlock": "cms.pages.blocks.base",
    "citations": "cms.vietnamese",
    "dates": "cms.vietnamese",
    "document_numbers": "cms.vietnamese",
    "document_text": "cms.vietnamese",
    "document_types": "cms.vietnamese",
    "find_organisation": "cms.pages.text_import",
    "find_person": "cms.pages.text_import",
    "json_response": "cms.delivery.routing",
    "legal_notices": "cms.vietnamese",
    "load_document": "cms.pages.reading",
    "page_type_choices": "cms.pages.models.page",
    "posted_at": "cms.pages.text_import",
    "provisions": "cms.vietnamese",
    "shorten": "cms.pages.text_import",
    "typed_documents": "cms.pages.visibility",
    "visible_documents": "cms.pages.visibility",
}

__all__ = [
    "BLOCK_KINDS",
    "FIELD_KINDS",
    "VERSION",
    "BodyBlock",
    "Build",
    "CalloutBlock",
    "Change",
    "CitationBlock",
    "ComputedField",
    "ContentPage",
    "ContentPlugin",
    "ContentSnippet",
    "Definitions",
    "DocumentBodyBlock",
    "EmbedBlock",
    "ExposedField",
    "FileListBlock",
    "Follower",
    "GalleryBlock",
    "HeadingBlock",
    "ImportedText",
    "Intake",
    "IntakeError",
    "Json",
    "JsonSchema",
    "KeepingStreamBlock",
    "Kind",
    "LeftOut",
    "LegalBasisBlock",
    "Links",
    "LocaleParameters",
    "Organisation",
    "PageCardListBlock",
    "ParagraphBlock",
    "Parameters",
    "Person",
    "PictureBlock",
    "PortalDocument",
    "PortalImage",
    "Problem",
    "QuotationBlock",
    "Reason",
    "Resolver",
    "Routes",
    "TableBlock",
    "TaskBlock",
    "TextImporter",
    "Topic",
    "UnavailableBlock",
    "citations",
    "dates",
    "document_numbers",
    "document_text",
    "document_types",
    "find_organisation",
    "find_person",
    "json_response",
    "legal_notices",
    "load_document",
    "page_type_choices",
    "posted_at",
    "provisions",
    "shorten",
    "typed_documents",
    "visible_documents",
]


def __getattr__(name: str) -> Any:
    """Loads a name from its home on first use; raises AttributeError naming what exists."""
    if name not in _HOMES:
        known = ", ".join(__all__)
        raise AttributeError(f"cms.plugins.api has no {name!r}. It has: {known}.")
    home = _HOMES[name]
    module = import_module(home)
    value = getattr(module, name, None)
    if value is None:  # a submodule, such as cms.vietnamese.dates
        value = import_module(f"{home}.{name}")
    globals()[name] = value
    return value
