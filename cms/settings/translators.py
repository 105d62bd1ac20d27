"""How machine translators are written in the environment: one for each pair of locales."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr

__all__ = [
    "DeepL",
    "Google",
    "LibreTranslate",
    "LocalePair",
    "OpenAICompatible",
    "Translator",
]

LocalePair = Annotated[
    str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*:[a-z]{2,3}(-[A-Za-z0-9]+)*$")
]
"""`vi:en`: from Vietnamese into English."""


class _Provider(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    timeout: float = Field(default=30, gt=0, le=300)  # seconds, for one request


class DeepL(_Provider):
    """DeepL. ``url`` is for a proxy in between; left out, the key tells which service it is for."""

    provider: Literal["deepl"]
    auth_key: SecretStr
    formality: Literal["default", "prefer_less", "prefer_more"] = "default"
    glossary_id: str | None = None
    url: HttpUrl | None = None


class Google(_Provider):
    """Google Cloud Translation; needs the package google-cloud-translate."""

    provider: Literal["google"]
    project_id: str
    location: str = "global"
    credentials_path: Path | None = None


class LibreTranslate(_Provider):
    """A LibreTranslate server, one's own or another's."""

    provider: Literal["libretranslate"]
    url: HttpUrl
    api_key: SecretStr = SecretStr("")


class OpenAICompatible(_Provider):
    """A language model behind an endpoint of the form ``URL/chat/completions``."""

    provider: Literal["openai"]
    url: HttpUrl
    model: str = Field(min_length=1)
    api_key: SecretStr | None = None
    instructions: str = Field(default="", max_length=4000)
    batch: int = Field(default=20, ge=1, le=100)  # segments of one request
    retries: int = Field(default=2, ge=0, le=5)


Translator = Annotated[
    DeepL | Google | LibreTranslate | OpenAICompatible, Field(discriminator="provider")
]
"""A provider and how to reach it."""
