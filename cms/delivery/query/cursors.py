"""Cursors: where the next page of a list begins.

A cursor carries the sort keys' values of the last row, signed with the server's key and with what
the list is (types, filters, order): it holds for that very list and can't be made up.
"""

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from django.core.signing import BadSignature, Signer

from cms.delivery.problems import Problem

__all__ = ["VERSION", "read_cursor", "write_cursor"]

VERSION = 1
"""Raised when what a cursor carries changes: older ones are then refused."""

_READERS: dict[str, Callable[[str], Any]] = {
    "t": datetime.datetime.fromisoformat,
    "d": datetime.date.fromisoformat,
    "n": decimal.Decimal,
    "u": uuid.UUID,
}


def write_cursor(values: Sequence[Any], binding: object) -> str:
    """The cursor of a row with these key values in the list that ``binding`` describes.

    ``binding`` is anything that JSON holds; the same list always gives the same.
    """
    return str(_signer(binding).sign_object([_write(value) for value in values], compress=True))


def read_cursor(cursor: str, binding: object, length: int) -> list[Any]:
    """The key values; raises Problem ``invalid-cursor`` for any cursor but this list's own."""
    if not cursor.isascii():
        raise Problem("invalid-cursor", parameter="cursor")
    try:
        values = _signer(binding).unsign_object(cursor)
    except BadSignature:
        raise Problem("invalid-cursor", parameter="cursor") from None
    if len(values) != length:
        raise Problem("invalid-cursor", parameter="cursor")
    return [_read(value) for value in values]


def _signer(binding: object) -> Signer:
    dumped = orjson.dumps(binding, option=orjson.OPT_SORT_KEYS).decode()
    return Signer(salt=f"cms.delivery.cursor.{VERSION}.{dumped}")


def _write(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return ["t", value.isoformat()]
    if isinstance(value, datetime.date):
        return ["d", value.isoformat()]
    if isinstance(value, decimal.Decimal):
        return ["n", str(value)]
    if isinstance(value, uuid.UUID):
        return ["u", str(value)]
    return value


def _read(value: Any) -> Any:
    return _READERS[value[0]](value[1]) if isinstance(value, list) else value
