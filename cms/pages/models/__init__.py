"""The models of the core: content pages, shared records, media, published documents."""

from cms.pages.models.document import DocumentTag, KnownType, PublishedDocument
from cms.pages.models.media import PortalDocument, PortalImage, PortalRendition
from cms.pages.models.organisations import Organisation, OrganisationName
from cms.pages.models.page import ContentPage, page_saving
from cms.pages.models.policies import SectionPolicy
from cms.pages.models.snippets import ContentSnippet, Person, Topic
from cms.pages.models.translation import RecordTranslation, TranslationState

__all__ = [
    "ContentPage",
    "ContentSnippet",
    "DocumentTag",
    "KnownType",
    "Organisation",
    "OrganisationName",
    "Person",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PublishedDocument",
    "RecordTranslation",
    "SectionPolicy",
    "Topic",
    "TranslationState",
    "page_saving",
]
