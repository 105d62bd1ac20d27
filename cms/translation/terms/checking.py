"""Checks a translation against the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cms.translation.codes import plain_text
from cms.translation.terms.glossary import Term, load_glossary, prepare, stands_in

__all__ = ["Finding", "Problem", "check_terms", "terms_in"]


class Problem(StrEnum):
    """What is wrong with a term's translation."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Finding:
    """A term of the source whose translation isn't there, or is one that is not to be used."""

    problem: Problem
    term: Term
    used: str = ""  # the forbidden wording


def terms_in(source: str, locales: tuple[str, str]) -> list[Term]:
    """The terms in a segment, for whoever translates it: ``locales`` are those from and into."""
    found = load_glossary(*locales).find(prepare(plain_text(source)))
    return [one.term for one in found]


def check_terms(source: str, target: str, locales: tuple[str, str]) -> list[Finding]:
    """Warnings about a translated segment; an empty translation has none.

    ``source`` and ``target`` are segments with their tags, ``locales`` the codes from and into.
    """
    text = prepare(plain_text(target))
    if not text:
        return []
    findings = []
    for term in terms_in(source, locales):
        strict = term.case_sensitive
        if not any(_stands(text, form, case_sensitive=strict) for form in term.targets):
            findings.append(Finding(Problem.MISSING, term))
        findings += [
            Finding(Problem.FORBIDDEN, term, form)
            for form in term.forbidden
            if _stands(text, form, case_sensitive=strict)
        ]
    return findings


def _stands(text: str, form: str, *, case_sensitive: bool) -> bool:
    """Whether a form is there; the plural of its last English word is as good, or as bad."""
    return any(
        stands_in(text, variant, case_sensitive=case_sensitive) for variant in _with_plural(form)
    )


def _with_plural(form: str) -> list[str]:
    if form.endswith("y") and form[-2:-1] not in "aeiou":
        return [form, f"{form[:-1]}ies"]
    return [form, f"{form}es" if form.endswith(("s", "x", "ch", "sh")) else f"{form}s"]
