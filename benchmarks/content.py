"""The plans that both sites hold: the same ones, number for number and block for block.

Plan ``index`` is made from its index alone, so that nothing needs to be kept or sent between the
processes that load, check and measure. Days of issue are all different, which gives the sorted
lists one right order.
"""

from __future__ import annotations

import datetime
import random
import uuid
from dataclasses import dataclass
from typing import Any

from benchmarks import phrases

__all__ = ["Block", "Plan", "Reference", "issuer_of", "make_plan", "type_of"]

_FIRST_DAY = datetime.date(1998, 1, 5)
_FIRST_NUMBER = 101

type Block = dict[str, Any]
"""A block as a StreamField stores it: type, value, id."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that a plan names and that is not here, so that it stays open."""

    relation: str
    number: str
    issued_on: datetime.date
    subject: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan. ``issuer``, ``signer``, ``topics`` count into the tables of ``phrases``."""

    index: int
    number: str
    document_type: str
    title: str
    abstract: str
    issuer: int
    signer: int
    topics: tuple[int, ...]
    place: str
    issued_on: datetime.date
    effective_on: datetime.date
    recipients: tuple[tuple[str, str], ...]
    references: tuple[Reference, ...]

    @property
    def slug(self) -> str:
        """A slug that is free below the section: ``van-ban-101``."""
        return f"van-ban-{self.index + _FIRST_NUMBER}"

    def body(self, images: list[int]) -> list[Block]:
        """The stored stream, about 10 KB of JSON; ``images`` are the ids of the images here."""
        return _Body(self.index, images).build()


def type_of(index: int) -> int:
    """Which of ``phrases.DOCUMENT_TYPES`` the plan is."""
    return index % len(phrases.DOCUMENT_TYPES)


def issuer_of(index: int) -> int:
    """Which of ``phrases.ORGANISATIONS`` issued the plan."""
    return index // len(phrases.DOCUMENT_TYPES) % len(phrases.ORGANISATIONS)


def make_plan(index: int) -> Plan:
    """The plan with that index, from 0."""
    chance = random.Random(index)  # noqa: S311 - nothing secret: the same index, the same plan
    code, kind = phrases.DOCUMENT_TYPES[type_of(index)]
    issuer = issuer_of(index)
    number, issued_on = _number_and_day(index)
    subject = chance.choice(phrases.SUBJECTS)
    return Plan(
        index=index,
        number=number,
        document_type=code,
        title=f"{kind} {number} về {subject}",
        abstract=f"Về {subject}, {chance.choice(phrases.MANNERS)}",
        issuer=issuer,
        signer=index % len(phrases.PEOPLE),
        topics=tuple(sorted(chance.sample(range(len(phrases.TOPICS)), 2))),
        place=chance.choice(phrases.PLACES),
        issued_on=issued_on,
        effective_on=issued_on + datetime.timedelta(days=10),
        recipients=(
            (phrases.ORGANISATIONS[issuer - 1][1], "report"),
            ("Ủy ban nhân dân các xã, phường", "action"),
            ("Các hợp tác xã thành viên", "action"),
            ("Lưu: VT, KHHT", "file"),
        ),
        references=_references(chance),
    )


def _references(chance: random.Random) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            relation,
            f"{chance.randint(10_000, 99_000)}/UBND-TH",
            _FIRST_DAY - datetime.timedelta(days=chance.randint(1, 900)),
            f"V/v {chance.choice(phrases.SUBJECTS)}",
        )
        for relation in ("based_on", "cites")
    )


def _number_and_day(index: int) -> tuple[str, datetime.date]:
    code, _kind = phrases.DOCUMENT_TYPES[type_of(index)]
    number = f"{index + _FIRST_NUMBER}/{code}-{phrases.ORGANISATIONS[issuer_of(index)][0]}"
    return number, _FIRST_DAY + datetime.timedelta(days=index)


class _Body:
    """Puts one plan's stream together: legal bases, three sections, tasks, a table, an image."""

    def __init__(self, index: int, images: list[int]) -> None:
        self._chance = random.Random(~index)  # noqa: S311
        self._images = images
        self._index = index

    def build(self) -> list[Block]:
        image = self._images[self._index % len(self._images)]
        return [
            *(self._block("legal_basis", {"text": self._sentence("Căn cứ"), "citation": {}})
              for _ in range(3)),
            self._block("paragraph", f"<p>{self._sentence()}</p>"),
            self._block("image", {
                "image": {"image": image, "decorative": False, "alt_text": "Buổi họp thành viên"},
                "caption": self._chance.choice(phrases.OUTPUTS),
            }),
            self._provision("section", "Mục đích, yêu cầu", self._clauses(3, points=0)),
            self._provision("section", "Nội dung", self._clauses(2, points=3)),
            self._provision("section", "Tổ chức thực hiện", [
                *(self._task(month) for month in range(3, 9)), self._table(),
            ]),
        ]  # fmt: skip

    def _clauses(self, count: int, *, points: int) -> list[Block]:
        return [
            self._provision("clause", self._chance.choice(phrases.OPENINGS), [
                *(self._provision("point", "", []) for _ in range(points)),
                *(self._block("bullet", {"text": f"<p>{self._sentence('')}</p>"})
                  for _ in range(2)),
            ])
            for _ in range(count)
        ]  # fmt: skip

    def _provision(self, kind: str, heading: str, items: list[Block]) -> Block:
        text = f"<p>{self._sentence()} <b>{self._chance.choice(phrases.UNITS)}</b> chủ trì.</p>"
        return self._block(kind, {"number": "", "heading": heading, "text": text, "items": items})

    def _task(self, month: int) -> Block:
        return self._block("task", {
            "what": self._sentence(),
            "who": self._chance.choice(phrases.UNITS),
            "with_whom": self._chance.choice(phrases.UNITS),
            "due_on": f"2026-{month:02}-28",
            "due": "",
            "output": self._chance.choice(phrases.OUTPUTS),
        })  # fmt: skip

    def _table(self) -> Block:
        rows = [
            [str(number), self._chance.choice(phrases.OBJECTS), str(self._chance.randint(5, 90))]
            for number in range(1, 7)
        ]
        return self._block("table", {
            "table_caption": "Chỉ tiêu giao các đơn vị",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "data": [["TT", "Nội dung", "Số lượng"], *rows],
            "cell": [], "className": [], "mergeCells": [],
        })  # fmt: skip

    def _sentence(self, opening: str | None = None) -> str:
        chance = self._chance
        words = (
            chance.choice(phrases.OPENINGS) if opening is None else opening,
            chance.choice(phrases.OBJECTS),
            chance.choice(phrases.MANNERS),
        )
        return f"{words[0]} {words[1]}, {words[2]}.".strip()

    def _block(self, kind: str, value: Any) -> Block:
        block_id = uuid.UUID(int=self._chance.getrandbits(128), version=4)
        return {"type": kind, "value": value, "id": str(block_id)}
