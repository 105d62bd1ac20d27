"""What Django, Wagtail and the packages beside them say to editors, and how much is Vietnamese.

`python -m scripts.upstream_messages` prints the counts. The packages are those of INSTALLED_APPS
that bring catalogues, so a new one is counted from the day it is installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib
from django.apps import apps
from django.utils.translation import trans_real

from scripts.compile_messages import PACKAGES, PROJECT_DIR
from scripts.word_list import WordList, read_word_list

__all__ = ["DOMAINS", "Coverage", "Package", "count", "find_packages", "is_english", "read_answers"]

DOMAINS = ("django", "djangojs")
LANGUAGE = "vi"


@dataclass(frozen=True)
class Package:
    """An installed package that is not this project's, with the folder of its catalogues."""

    name: str
    folder: Path

    def read(self, language: str, domain: str) -> list[polib.POEntry]:
        """Its own catalogue of a language without what is obsolete; empty where there is none."""
        path = self.folder / language / "LC_MESSAGES" / f"{domain}.po"
        if not path.exists():
            return []
        return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]

    def messages(self, domain: str) -> list[polib.POEntry]:
        """All that it can say; from another language's catalogue where it has no English one."""
        languages = sorted(path.name for path in self.folder.iterdir() if path.is_dir())
        for language in ("en", *languages):
            if entries := self.read(language, domain):
                return entries
        return []


@dataclass(frozen=True)
class Coverage:
    """Counts of one package's messages: all, those it brings in Vietnamese, those shown so."""

    package: str
    domain: str
    total: int
    brought: int
    shown: int


def find_packages() -> list[Package]:
    """Django itself and the installed apps with catalogues, in the order of INSTALLED_APPS."""
    own = [PROJECT_DIR / name for name in (*PACKAGES, "tests")]
    found = [
        Package(config.name, Path(config.path) / "locale")
        for config in apps.get_app_configs()
        if not any(Path(config.path).is_relative_to(folder) for folder in own)
    ]
    found.append(Package("django", Path(django.__path__[0]) / "conf" / "locale"))
    return [package for package in found if package.folder.is_dir()]


def _translation(package: Package, domain: str) -> trans_real.DjangoTranslation:
    if domain == "django":
        return trans_real.translation(LANGUAGE)
    # As Django's JavaScriptCatalog view merges it for one package.
    return trans_real.DjangoTranslation(LANGUAGE, domain, [str(package.folder)])


def read_answers(package: Package, domain: str) -> Iterator[tuple[polib.POEntry, list[str]]]:
    """Each message with what a Vietnamese user reads: one text, for plurals those of 1 and of 2."""
    translation = _translation(package, domain)
    for entry in package.messages(domain):
        msgid, plural = entry.msgid, entry.msgid_plural
        if entry.msgctxt and plural:
            texts = [
                translation.npgettext(entry.msgctxt, msgid, plural, number) for number in (1, 2)
            ]
        elif entry.msgctxt:
            texts = [translation.pgettext(entry.msgctxt, msgid)]
        elif plural:
            texts = [translation.ngettext(msgid, plural, number) for number in (1, 2)]
        else:
            texts = [translation.gettext(msgid)]
        yield entry, texts


def is_english(entry: polib.POEntry, texts: list[str], words: WordList) -> bool:
    """Whether a Vietnamese user reads English, where it does not stay so in Vietnamese."""
    return any(
        text in (entry.msgid, entry.msgid_plural) and not words.stays(text) for text in texts
    )


def count(words: WordList) -> list[Coverage]:
    """The coverage of every package and domain."""
    rows = []
    for package in find_packages():
        for domain in DOMAINS:
            answers = list(read_answers(package, domain))
            keys = {(entry.msgctxt, entry.msgid) for entry, _ in answers}
            brought = sum(
                entry.translated() and (entry.msgctxt, entry.msgid) in keys
                for entry in package.read(LANGUAGE, domain)
            )
            shown = sum(not is_english(entry, texts, words) for entry, texts in answers)
            if answers:
                rows.append(Coverage(package.name, domain, len(answers), brought, shown))
    return rows


def main() -> int:
    """Print a line for each package and one for all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    rows = count(read_word_list())
    sums = (sum(getattr(row, name) for row in rows) for name in ("total", "brought", "shown"))
    rows.append(Coverage("all", "", *sums))
    print(f"{'package':32}{'messages':>9}{'brought':>9}{'shown':>9}")
    for row in rows:
        name = f"{row.package} {row.domain}"
        print(f"{name:32}{row.total:>9}{row.brought:>9}{row.shown:>9}{row.shown / row.total:>8.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
