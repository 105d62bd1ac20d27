"""The query string, decoded strictly.

Nothing is guessed: bad percent-encoding, NUL and a parameter that is given twice are each a problem
of their own.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote_to_bytes

from cms.delivery.problems import Problem

__all__ = ["MAX_QUERY", "parse_query"]

MAX_QUERY = 8_000  # bytes of the query string


MAX_VALUE = 2_000  # characters of one value


_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def parse_query(query_string: str, *, longest: int = MAX_VALUE) -> dict[str, str]:
    """The parameters of a raw WSGI query string, decoded, in NFC.

    ``longest`` is how many characters a value may have. Raises Problem: ``malformed-query`` for
    what isn't percent-encoded UTF-8 or is too long, ``repeated-parameter``, ``invalid-parameter``
    for a value that is too long.
    """
    if len(query_string) > MAX_QUERY:
        raise Problem("malformed-query", f"The query string is longer than {MAX_QUERY} bytes.")
    found: dict[str, str] = {}
    for part in query_string.split("&"):
        if not part:
            continue
        name, _, value = part.partition("=")
        name, value = _decode(name), _decode(value)
        if name in found:
            raise Problem("repeated-parameter", parameter=name)
        if len(value) > longest:
            raise Problem(
                "invalid-parameter",
                f"The value is longer than {longest} characters.",
                parameter=name,
            )
        found[name] = value
    return found


def _decode(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    if _BAD_ESCAPE.search(text):
        raise Problem("malformed-query", "A percent sign must be followed by two hex digits.")
    try:
        # WSGI hands bytes over as Latin-1 characters (PEP 3333).
        decoded = unquote_to_bytes(text.replace("+", " ").encode("latin-1")).decode()
    except UnicodeError:
        raise Problem("malformed-query", "The query string isn't UTF-8.") from None
    if "\x00" in decoded:
        raise Problem("malformed-query", "The query string has a NUL character.")
    return unicodedata.normalize("NFC", decoded)
