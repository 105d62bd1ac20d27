"""Check that every message in the code is translated, well and once.

gettext's extraction tool is not on every machine, so the messages are read from the syntax tree of
the Python files and from the tags of the templates. A message written in Vietnamese from the
start (it has letters outside ASCII) needs no translation.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from scripts.compile_messages import PACKAGES, PROJECT_DIR, find_catalogues, get_domain

__all__ = ["find_catalogue_problems", "find_untranslated"]

LANGUAGE = "vi"
Message = tuple[str | None, str]
"""A message's context, where it has one, and its English text."""

# The positions of context and text among the arguments.
PLAIN, WITH_CONTEXT = (None, 0), (0, 1)
FUNCTIONS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLAIN,
    "ngettext_lazy": PLAIN,
    "pgettext": WITH_CONTEXT,
    "pgettext_lazy": WITH_CONTEXT,
    "npgettext": WITH_CONTEXT,
    "npgettext_lazy": WITH_CONTEXT,
}
TEMPLATE_TAG = re.compile(
    r"""{%\s*trans(?:late)?\s+(["'])(?P<text>.+?)\1(?:\s+context\s+(["'])(?P<context>.+?)\3)?"""
)


def _in_python(source: str) -> Iterator[tuple[int, Message]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in FUNCTIONS:
                context_at, text_at = FUNCTIONS[name]
            case _:
                continue
        constants = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        if len(constants) > text_at and isinstance(text := constants[text_at], str):
            context = constants[context_at] if context_at is not None else None
            yield node.lineno, (context if isinstance(context, str) else None, text)


def _in_template(source: str) -> Iterator[tuple[int, Message]]:
    for number, line in enumerate(source.splitlines(), 1):
        for tag in TEMPLATE_TAG.finditer(line):
            yield number, (tag["context"], tag["text"])


def find_messages(project: Path) -> Iterator[tuple[Path, int, Message]]:
    """Each message in the project's Python files and templates, with its place."""
    for package in (*PACKAGES, "templates"):
        for path in sorted((project / package).rglob("*")):
            inner = path.relative_to(project).parts
            if "tests" in inner or "migrations" in inner:
                continue
            if path.suffix == ".py":
                found = _in_python(path.read_text(encoding="utf-8"))
            elif path.suffix in {".html", ".txt"} and "templates" in inner:
                found = _in_template(path.read_text(encoding="utf-8"))
            else:
                continue
            for line, message in found:
                yield path.relative_to(project), line, message


def find_untranslated(project: Path = PROJECT_DIR) -> Iterator[str]:
    """The messages that have no entry in any catalogue, a line for the first place of each."""
    known: set[Message] = {
        (entry.msgctxt, entry.msgid)
        for path in find_catalogues(project)
        if path.parent.parent.name == LANGUAGE and get_domain(path) == "django"
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }
    for path, line, message in find_messages(project):
        if message[1].isascii() and message[1] and message not in known:
            known.add(message)
            yield f"{path}:{line}: in no catalogue: {message[1]!r}"


def find_catalogue_problems(project: Path = PROJECT_DIR) -> Iterator[str]:
    """What is wrong with the catalogues, a line each: untranslated, fuzzy, or contradictory."""
    seen: dict[tuple[str, str, str | None, str], tuple[Path, object]] = {}
    for path in find_catalogues(project):
        place = path.relative_to(project)
        for entry in polib.pofile(str(path)):
            if entry.obsolete:
                continue
            if entry.fuzzy:
                yield f"{place}:{entry.linenum}: fuzzy: {entry.msgid!r}"
            elif not entry.translated():
                yield f"{place}:{entry.linenum}: not translated: {entry.msgid!r}"
            key = (path.parent.parent.name, get_domain(path), entry.msgctxt, entry.msgid)
            translation = entry.msgstr_plural or entry.msgstr
            first, other = seen.setdefault(key, (place, translation))
            if other != translation:
                yield (
                    f"{place}:{entry.linenum}: {entry.msgid!r} is {translation!r} here and "
                    f"{other!r} in {first}: give one of them a context (pgettext)"
                )


def main() -> int:
    """Print every problem; returns 1 where there are any."""
    problems = [*find_catalogue_problems(), *find_untranslated()]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
