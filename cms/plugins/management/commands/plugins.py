"""``plugins``: what is installed, what could be, and how to remove one for good."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.plugins.listing import find_plugin, list_available, list_plugins
from cms.plugins.removal import (
    PluginInUseError,
    RemovalPlan,
    plan_removal,
    remove_plugin,
    settings_line,
)


class Command(BaseCommand):
    """Lists plugins; ``remove LABEL`` drops the tables of one that has no content left."""

    help = "Lists the installed plugins, or removes one that has no content left."

    def add_arguments(self, parser: CommandParser) -> None:
        """The action, and how its answer is given."""
        parser.add_argument("action", nargs="?", choices=["list", "remove"], default="list")
        parser.add_argument("label", nargs="?", help="The plugin to remove.")
        parser.add_argument(
            "--plan", action="store_true", help="List what a removal would lose; change nothing."
        )
        parser.add_argument(
            "--available",
            action="store_true",
            help="List what the installed packages offer, in CMS_PLUGINS or not.",
        )
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for a label that isn't installed and for a plugin in use."""
        if options["action"] == "remove":
            self._remove(options)
        elif options["available"]:
            self._show(list_available(), options)
        else:
            self._show(list_plugins(), options)

    def _show(self, rows: Sequence[Any], options: dict[str, Any]) -> None:
        records = [dataclasses.asdict(row) for row in rows]
        if options["json"]:
            self.stdout.write(json.dumps(records, ensure_ascii=False, indent=2))
        elif records:
            self.stdout.write(_table(records))
        else:
            self.stdout.write("None.")

    def _remove(self, options: dict[str, Any]) -> None:
        if not options["label"]:
            raise CommandError("Which one? manage.py plugins remove LABEL [--plan]")
        try:
            plugin = find_plugin(options["label"])
        except LookupError as error:
            raise CommandError(str(error)) from None
        plan = plan_removal(plugin)
        if options["plan"]:
            self._show_plan(plan, options)
            return
        try:
            remove_plugin(plugin)
        except PluginInUseError as error:
            raise CommandError(f"{error}\n{_plan_text(plan)}") from None
        self.stdout.write(f"The tables of {plugin.label!r} are gone.")
        self.stdout.write(f"Now delete this line from CMS_PLUGINS: {settings_line(plugin)}")

    def _show_plan(self, plan: RemovalPlan, options: dict[str, Any]) -> None:
        if options["json"]:
            record = {**dataclasses.asdict(plan), "empty": plan.empty}
            self.stdout.write(json.dumps(record, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_plan_text(plan))


def _table(records: list[dict[str, Any]]) -> str:
    rows = [list(records[0]), *([_cell(value) for value in r.values()] for r in records)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) or "-" if isinstance(value, list) else str(value) or "-"


def _plan_text(plan: RemovalPlan) -> str:
    lines = [f"Removing {plan.label!r} would lose:"]
    groups = {
        "published pages": plan.live_pages,
        "drafts": plan.draft_pages,
        "rows": plan.records,
        "blocks in other types": plan.blocks,
    }
    for title, counts in groups.items():
        lines += [f"  {count} {title}: {name}" for name, count in counts.items()]
    singles = {
        "revisions": plan.revisions,
        "translations": plan.translations,
        "redirects": plan.redirects,
    }
    lines += [f"  {count} {title}" for title, count in singles.items() if count]
    lines += [f"  migration of another app: {name}" for name in plan.dependants]
    if plan.empty:
        lines = [f"Removing {plan.label!r} would lose nothing: its tables are empty."]
    return "\n".join([*lines, "Images and files stay in any case."])
