"""How the values of environment variables are written and checked."""

from __future__ import annotations

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_settings import NoDecode

__all__ = [
    "IMAGE_PRESETS",
    "ImagePreset",
    "IndexPrefix",
    "Names",
    "Networks",
    "PresetName",
    "PreviewUrl",
    "Rate",
    "Urls",
]


def _split(value: object) -> object:
    """A comma-separated text as the list of its parts; anything else as it is."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _check_networks(networks: tuple[str, ...]) -> tuple[str, ...]:
    for network in networks:
        ipaddress.ip_network(network)  # raises ValueError, which says what is wrong
    return networks


def _check_urls(urls: tuple[str, ...]) -> tuple[str, ...]:
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not parts.port:
            raise ValueError("addresses like https://es1.example.vn:9200 are expected")
        if parts.username is not None:
            raise ValueError("an address must not hold a password: there is a key for that")
    return tuple(url.rstrip("/") for url in urls)


def _check_preview_url(url: str) -> str:
    if not url.startswith(("https://", "http://")) or url.count("{token}") != 1:
        raise ValueError("an http(s) address with {token} once in it is expected")
    return url


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""A list, written in the environment with commas between its entries."""


Numbers = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_split)]
"""Whole numbers, with commas between them."""

Networks = Annotated[Names, AfterValidator(_check_networks)]
"""Networks (`10.0.0.0/8`) or addresses."""


Urls = Annotated[Names, AfterValidator(_check_urls)]
"""Addresses of servers, with their ports (`https://es1.example.vn:9200`)."""

PreviewUrl = Annotated[str, AfterValidator(_check_preview_url)]
"""`https://portal.example.vn/preview?token={token}`."""

IndexPrefix = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,49}$")]
"""What Elasticsearch takes as the beginning of an index's name."""

Rate = Annotated[str, Field(pattern=r"^(?:off|[1-9][0-9]{0,8}/(?:second|minute|hour))$")]
"""`600/minute`, or `off`."""


class ImagePreset(BaseModel):
    """A named size of images: the widths on offer in pixels, and the height for one unit of width;
    without a ratio a picture keeps its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    widths: list[Annotated[int, Field(ge=16, le=4096)]] = Field(min_length=1, max_length=8)
    ratio: float | None = Field(default=None, ge=0.1, le=10)


IMAGE_PRESETS: dict[str, ImagePreset] = {
    "card": ImagePreset(widths=[320, 640], ratio=0.625),
    "content": ImagePreset(widths=[480, 960, 1440]),
    "hero": ImagePreset(widths=[768, 1280, 1920], ratio=0.5),
}
"""The presets of an installation that names none."""


PresetName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,29}$")]
