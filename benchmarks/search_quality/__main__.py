"""``make search-eval``: loads judged collections into a fresh portal and asks it over HTTP.

    python -m benchmarks.search_quality [--data FOLDER] [--engine NAME …] [--failures]

The texts are read from FOLDER, by default the one beside the checkout. Elasticsearch is measured
where ``ELASTICSEARCH_URL`` names a server, as ``python -m scripts.elasticsearch`` sets it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tqdm import tqdm

from benchmarks.client import fetch
from benchmarks.errors import BenchmarkError
from benchmarks.search_quality.collection import Collection
from benchmarks.search_quality.measures import DEPTH, Scores, average, score
from benchmarks.search_quality.variants import VARIANTS
from benchmarks.sites import Server, Site, var_folder
from scripts.elasticsearch import ADDRESS_VARIABLE

SEED = 20_200_421
DEFAULT_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "search"
ENGINES = ("embedded", "elasticsearch")


def main() -> None:
    """Loads, asks, prints."""
    options = _options()
    collection = Collection.read(options.data)
    site = _QualitySite("ours", len(collection.texts), var_folder())
    site.load(collection)
    for engine in options.engine or ENGINES:
        environment = _engine_environment(engine)
        if environment is None:
            print(f"{engine}: no server is named in ELASTICSEARCH_URL; left out.")
            continue
        site.engine = environment
        site.manage("rebuild_search", engine)
        with site.serve() as server:
            _report(engine, _Asker(server, collection), collection, failures=options.failures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make search-eval", description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, metavar="FOLDER")
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--failures", action="store_true", help="Show what was missed.")
    return parser.parse_args()


def _engine_environment(engine: str) -> dict[str, str] | None:
    """What the site's processes find about the engine; None where it can't be had."""
    if engine == "embedded":
        return {}
    if ADDRESS_VARIABLE not in os.environ:
        return None
    return {
        "CMS_ELASTICSEARCH_URLS": os.environ[ADDRESS_VARIABLE],
        "CMS_ELASTICSEARCH_PREFIX": "search-eval",
        "CMS_ELASTICSEARCH_REPLICAS": "0",
        "CMS_SEARCH_TIMEOUT": "10",
    }


class _QualitySite(Site):
    """A portal of its own for the texts."""

    engine: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        return "search-quality"

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | dict(self.engine)

    def manage(self, *command: str) -> None:
        """Runs a management command; raises BenchmarkError where it fails."""
        child = subprocess.run(  # noqa: S603 - a command of this project
            [sys.executable, "manage.py", *command], env=self.environment, check=False
        )
        if child.returncode != 0:
            raise BenchmarkError(f"{' '.join(command)} failed")

    def load(self, collection: Collection) -> None:
        """A fresh database with a page for each text."""
        (self.var_dir / "static").mkdir(parents=True, exist_ok=True)
        for leftover in self.var_dir.glob("db.sqlite3*"):
            leftover.unlink()
        self.manage("migrate", "--verbosity", "0")
        lines = self.var_dir / "texts.jsonl"
        with lines.open("w", encoding="utf-8") as file:
            for line in collection.lines():
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.manage("import_content", str(lines))


class _Asker:
    """Asks a served site, and knows its pages by the texts' keys."""

    def __init__(self, server: Server, collection: Collection) -> None:
        self._server = server
        self._keys = collection.keys_by_path()

    def __call__(self, query: str) -> list[str]:
        """The keys of what is found, best first. Raises BenchmarkError for a degraded answer."""
        path = f"/api/v1/search?q={quote(query)}&limit={DEPTH}"
        _path, answer = next(fetch(self._server.port, [path]))
        if answer.status != 200:
            raise BenchmarkError(f"{query!r}: {answer.status} {answer.body.decode()}")
        found: dict[str, Any] = json.loads(answer.body)
        if found["degraded"]:
            raise BenchmarkError(f"{query!r}: the engine did not answer")
        return [self._keys[one["path"]] for one in found["items"] if one["path"] in self._keys]


def _report(engine: str, ask: _Asker, collection: Collection, *, failures: bool) -> None:
    print(f"\n{engine}")
    missed = [one for one in collection.judgements if not one.is_met(ask(one.query))]
    met = len(collection.judgements) - len(missed)
    print(f"  judgements on real pages: {met} of {len(collection.judgements)}")
    for one in missed:
        print(f"    missed {one.id}: {one.query!r}, found {', '.join(ask(one.query)[: one.top])}")
    print(f"  {len(collection.questions)} questions    nDCG@10   MRR@10   recall@10")
    for name, scores in _variant_scores(ask, collection, failures=failures):
        print(
            f"  {name:<20} {scores.ndcg * 100:7.1f} {scores.mrr * 100:8.1f} "
            f"{scores.recall * 100:10.1f}"
        )


def _variant_scores(
    ask: _Asker, collection: Collection, *, failures: bool
) -> Iterator[tuple[str, Scores]]:
    for name, variant in VARIANTS.items():
        chance = random.Random(SEED)  # noqa: S311 - the same spellings in every run
        scores: list[Scores] = []
        for question in tqdm(collection.questions, desc=name, leave=False, disable=None):
            query = unicodedata.normalize("NFC", question.query)
            scores.append(score(ask(variant(query, chance)), question.relevant))
            if failures and not scores[-1].recall:
                print(f"    {name}: nothing for {question.query!r}")
        yield name, average(scores)


if __name__ == "__main__":
    main()
