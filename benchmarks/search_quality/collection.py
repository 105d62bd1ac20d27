"""The judged collections as content to import, and as questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Collection", "Judgement", "Question"]

_SECTION = "/tim-kiem/"


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the texts that answer it."""

    query: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A query that must find: any, or all, of the texts among the first ``top``."""

    id: str
    query: str
    wanted: tuple[str, ...]
    all_of_them: bool
    top: int

    def is_met(self, found: list[str]) -> bool:
        """Whether these hits, best first, are what is asked for."""
        hits = set(found[: self.top]) & set(self.wanted)
        return hits == set(self.wanted) if self.all_of_them else bool(hits)


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts by their keys, and what is asked of them."""

    texts: dict[str, tuple[str, str]]
    """Key → title and body."""
    questions: list[Question]
    judgements: list[Judgement]

    @classmethod
    def read(cls, folder: Path) -> Collection:
        """Reads ``alqac-documents.jsonl``, ``alqac-queries.jsonl`` and ``seed-judgements.json``.

        Raises OSError where one is missing.
        """
        texts = {
            one["id"]: (one["title"], one["body"])
            for one in _lines(folder / "alqac-documents.jsonl")
        }
        questions = [
            Question(one["query"], tuple(one["relevant"]))
            for one in _lines(folder / "alqac-queries.jsonl")
        ]
        seeds = json.loads((folder / "seed-judgements.json").read_text("utf-8"))
        texts |= {key: (key, text) for key, text in seeds["units"].items()}
        judgements = [
            Judgement(
                id=one["id"],
                query=one["query"],
                wanted=tuple(one["must_match"]),
                all_of_them=one["mode"] == "all",
                top=one["top_k"],
            )
            for one in seeds["pairs"]
        ]
        return cls(texts, questions, judgements)

    def lines(self) -> Iterator[dict[str, Any]]:
        """What ``import_content`` takes: a front page, a section, an article for each text."""
        yield {"type": "home", "path": "/", "locale": "vi", "title": "Trang chủ",
               "slug": "trang-chu"}  # fmt: skip
        yield {"type": "section", "path": _SECTION, "locale": "vi", "title": "Tìm kiếm"}
        for key, (title, body) in self.texts.items():
            paragraphs = [part for part in body.split("\n") if part.strip()]
            yield {
                "type": "article",
                "path": f"{_SECTION}{key.lower()}/",
                "locale": "vi",
                "title": title[:255],
                "body": [{"type": "paragraph", "value": f"<p>{_escape(one)}</p>"}
                         for one in paragraphs],
            }  # fmt: skip

    def keys_by_path(self) -> dict[str, str]:
        """Which text stands at which path."""
        return {f"{_SECTION}{key.lower()}/": key for key in self.texts}


def _lines(file: Path) -> Iterator[Any]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
