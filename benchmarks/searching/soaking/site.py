"""The soaked site and the processes around it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, override

from benchmarks.errors import BenchmarkError
from benchmarks.publishing.history import Event
from benchmarks.searching.site import SearchSite
from benchmarks.searching.soaking import news
from benchmarks.searching.soaking.judging import Read, Search
from benchmarks.sites import Server
from scripts.processes import start, stop

__all__ = ["EQUAL_WITHIN", "Readers", "SoakedSite", "editing", "reading", "working"]

EQUAL_WITHIN = 60.0  # seconds after the last change, or after an outage
_PACKAGE = "benchmarks.searching.soaking"
_PATIENCE = 60  # seconds for a process to print what it has seen


class SoakedSite(SearchSite):
    """A site of short news, with both engines."""

    own_core: ClassVar[bool] = False
    """Editors, worker and rebuilds work as much: all share what the machine has."""

    @property
    @override
    def loader(self) -> str:
        return f"{_PACKAGE}.load"

    @property
    def prefix(self) -> str:
        """What the names of its indices in Elasticsearch begin with."""
        return f"soak-{self.pages}-{'postgres' if self.server_url else 'sqlite'}"

    @property
    def search_folder(self) -> Path:
        """Where its embedded index stands."""
        return self.var_dir / "search"

    def connect(self, url: str) -> None:
        """Has its processes use Elasticsearch at this address."""
        self.engine = {
            "CMS_ELASTICSEARCH_URLS": url,
            "CMS_ELASTICSEARCH_PREFIX": self.prefix,
            "CMS_ELASTICSEARCH_REPLICAS": "0",
        }

    def fill_anew(self) -> None:
        """New content, and no index of the old one."""
        shutil.rmtree(self.search_folder, ignore_errors=True)
        self.fill(reuse=False)

    def differs(self) -> bool:
        """Whether ``verify_search`` finds a difference in an engine, or can't tell."""
        command = [sys.executable, "-m", "django", "verify_search"]
        done = subprocess.run(  # noqa: S603 - a command of this project
            command, env=self.environment, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode != 0

    def seconds_until_equal(self, patience: float) -> float | None:
        """Asks until both engines agree with the database; None where they don't in that time."""
        begun = time.monotonic()
        while self.differs():
            if time.monotonic() - begun > patience:
                return None
        return time.monotonic() - begun


@contextlib.contextmanager
def working(site: SoakedSite) -> Iterator[int]:
    """A worker; gives its process id."""
    worker = start([sys.executable, "-m", "django", "run_worker"], environment=site.environment)
    try:
        yield worker.pid
        if worker.poll() is not None:
            raise BenchmarkError("The worker has ended")
    finally:
        stop(worker, patience=60)


@contextlib.contextmanager
def editing(site: SoakedSite, rate: float) -> Iterator[list[Event]]:
    """Editors who make so many changes a second together; the list is filled at the end."""
    events: list[Event] = []
    editors = [
        _python(site, "editing", str(number), str(rate / news.EDITORS), str(site.ids_file))
        for number in range(news.EDITORS)
    ]
    try:
        yield events
    finally:
        for editor in editors:
            editor.terminate()
        printed = [_last_words(editor) for editor in editors]
    events += [Event(*one) for done in printed for one in done]


class Readers:
    """What was seen by who searches and reads."""

    def __init__(self) -> None:
        self.searches: list[Search] = []
        self.reads: list[Read] = []
        self.problems: list[str] = []


@contextlib.contextmanager
def reading(server: Server) -> Iterator[Readers]:
    """Readers of the site; what they saw is filled in at the end."""
    seen = Readers()
    steady, edited = news.pages_by_word(server.site.ids["pages"])
    process = _python(server.site, "reading")
    asked = {"port": server.port, "steady": steady, "edited": edited}
    print(json.dumps(asked), file=process.stdin, flush=True)
    try:
        yield seen
    finally:
        process.terminate()
        found = _last_words(process)
    seen.problems += found["problems"]
    seen.reads += [Read(**one) for one in found["reads"]]
    for one in found["searches"]:
        states = {int(pk): state for pk, state in one.pop("states").items()}
        seen.searches.append(Search(**one, states=states))


def _python(site: Any, module: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - a module of this package
        [sys.executable, "-m", f"{_PACKAGE}.{module}", *arguments],
        env=os.environ | site.environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def _last_words(process: subprocess.Popen[str]) -> Any:
    """What a process prints at its end; raises BenchmarkError where it failed."""
    output, _errors = process.communicate(timeout=_PATIENCE)
    if process.returncode != 0:
        raise BenchmarkError("An editor or a reader ended with an error")
    return json.loads(output)
