"""Names of GraphQL, made from those of the declarations: the same ones each time."""

from __future__ import annotations

import re

__all__ = ["Names", "camel", "constant", "pascal", "plural", "singular"]

_WORDS = re.compile(r"[^A-Za-z0-9]+")


def _words(name: str) -> list[str]:
    return [word for word in _WORDS.split(name) if word]


def pascal(name: str) -> str:
    """``issued_on`` → ``IssuedOn``; capitals inside a word stay."""
    return "".join(word[0].upper() + word[1:] for word in _words(name)) or "X"


def camel(name: str) -> str:
    """``issued_on`` → ``issuedOn``; what begins with a digit gets an ``x`` before it."""
    joined = pascal(name)
    lower = joined[0].lower() + joined[1:]
    return f"x{lower}" if lower[0].isdigit() else lower


def constant(name: str) -> str:
    """``issued_on`` → ``ISSUED_ON``."""
    return "_".join(word.upper() for word in _words(name)) or "X"


def plural(name: str) -> str:
    """``video`` → ``videos``, ``gallery`` → ``galleries``, ``address`` → ``addresses``."""
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(s|x|ch|sh)$", name) else f"{name}s"


def singular(name: str) -> str:
    """What one entry of a list is called: ``translations`` → ``translation``."""
    return name[:-1] if re.search(r"[^sui]s$", name) else name


class Names:
    """One namespace. Who claims a taken name gets it with the lowest number that is free."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def claim(self, name: str) -> str:
        """The name, or ``name2``, ``name3`` …: claims are made in one order, so it is stable."""
        free, number = name, 1
        while free in self._taken:
            number += 1
            free = f"{name}{number}"
        self._taken.add(free)
        return free
