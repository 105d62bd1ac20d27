"""The three forms of a feed: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from cms.delivery.feeds.feed import Feed, Item
from cms.pages.builder import format_time

__all__ = ["FORMS", "write_feed"]

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write."""

_MEDIA = "http://search.yahoo.com/mrss/"


class _WithImages(SyndicationFeed):
    """Adds each page's image (Media RSS), and says when the feed really changed."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": _MEDIA}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["image"]:
            handler.addQuickElement("media:content", "", {"url": item["image"], "medium": "image"})

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"]
        return moment


class _Rss(_WithImages, Rss201rev2Feed):
    pass


class _Atom(_WithImages, Atom1Feed):
    pass


def _write_xml(kind: Callable[..., SyndicationFeed], feed: Feed) -> bytes:
    written = kind(
        title=_plain(feed.title),
        link=feed.url,
        description=_plain(feed.description),
        language=feed.locale,
        feed_url=feed.address,
        feed_guid=feed.address,
        updated=feed.updated,
    )
    for item in feed.items:
        written.add_item(
            title=_plain(item.title),
            link=item.url,
            description=_plain(item.summary),
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=item.published,
            updateddate=item.updated,
            author_name=_plain(item.authors[0]) if item.authors else None,
            categories=[_plain(tag) for tag in item.tags],
            image=item.image,
        )
    return written.writeString("utf-8").encode()


def _plain(text: str) -> str:
    return _NO_XML.sub("", text)


def _write_json(feed: Feed) -> bytes:
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.url,
            "feed_url": feed.address,
            **({"description": feed.description} if feed.description else {}),
            "language": feed.locale,
            "items": [_json_item(item) for item in feed.items],
        }
    )


def _json_item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_text": item.summary or item.title,
        "image": item.image,
        "date_published": format_time(item.published),
        "date_modified": format_time(item.updated),
        "authors": [{"name": name} for name in item.authors],
        "tags": item.tags,
    }
    return {name: value for name, value in told.items() if value}


FORMS: dict[str, str] = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
"""The forms and their media types."""

_WRITERS: dict[str, Callable[[Feed], bytes]] = {
    "rss": lambda feed: _write_xml(_Rss, feed),
    "atom": lambda feed: _write_xml(_Atom, feed),
    "json": _write_json,
}


def write_feed(feed: Feed, form: str) -> bytes:
    """The feed's bytes in one of :data:`FORMS`; the same content gives the same bytes."""
    return _WRITERS[form](feed)
