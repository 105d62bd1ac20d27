"""``startplugin``: a new plugin that passes its own tests at once."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.plugins.checks.manifest import is_singular_noun
from cms.plugins.scaffold import PluginNames, make_plugin


class Command(BaseCommand):
    """Makes the plugin's package; installing it stays the operator's act."""

    help = "Makes a new plugin: a package with one content type, its migration, tests and texts."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name, where to put it, and what editors read."""
        parser.add_argument("name", help="A singular noun: event, work_order.")
        parser.add_argument(
            "--directory", type=Path, default=Path(), help="Where to make the package."
        )
        parser.add_argument(
            "--vietnamese", metavar="NAME", help="What editors call it: Sự kiện."
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for a name that is taken or no singular noun."""
        label = options["name"]
        if not is_singular_noun(label):
            raise CommandError(
                f"{label!r} is no name for a plugin. Use a singular noun in lower case, with "
                "underscores between words: event, work_order."
            )
        if label in {config.label for config in apps.get_app_configs()} or find_spec(label):
            raise CommandError(f"The name {label!r} is taken by an app or a package.")
        names = PluginNames(label, options["vietnamese"] or f"Nội dung {label.replace('_', ' ')}")
        try:
            folder = make_plugin(names, options["directory"].resolve())
        except FileExistsError as error:
            raise CommandError(f"{error.filename} is there already.") from None
        except subprocess.CalledProcessError as error:
            raise CommandError(f"Its migration can't be made:\n{error.stderr}") from None
        self.stdout.write(f"Made {folder}")
        self.stdout.write(f"Add to CMS_PLUGINS: {names.app_config}")
        self.stdout.write("README.md there says what comes next.")
