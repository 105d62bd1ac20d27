"""Writes a new plugin's files and its first migration."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template

import polib

from cms.plugins.api import VERSION
from cms.settings.env import PREFIX, PROJECT_DIR, load_environment

__all__ = ["PluginNames", "make_plugin"]

_FILES = Path(__file__).parent / "data"
_SUFFIX = "-tpl"


@dataclass(frozen=True, slots=True)
class PluginNames:
    """What a new plugin is called; everything else follows from its label."""

    label: str
    vietnamese: str
    """What editors read."""

    @property
    def camel(self) -> str:
        """``work_order`` → ``WorkOrder``."""
        return "".join(part.capitalize() for part in self.label.split("_"))

    @property
    def words(self) -> str:
        """``work_order`` → ``work order``."""
        return self.label.replace("_", " ")

    @property
    def app_config(self) -> str:
        """The entry for ``CMS_PLUGINS``."""
        return f"{self.label}.apps.{self.camel}Plugin"

    def placeholders(self) -> dict[str, str]:
        """What stands in the templates as ``$name``."""
        major = int(VERSION.split(".")[0])
        return {
            "label": self.label,
            "camel": self.camel,
            "words": self.words,
            "title": self.words.capitalize(),
            "vietnamese": self.vietnamese,
            "vietnamese_lower": self.vietnamese[:1].lower() + self.vietnamese[1:],
            "app_config": self.app_config,
            "requires": f">={major},<{major + 1}",
        }


def make_plugin(names: PluginNames, directory: Path) -> Path:
    """Makes the package ``directory/label`` and returns its folder.

    Raises FileExistsError where it is there already, and subprocess.CalledProcessError, whose
    ``stderr`` says why, where its migration can't be written.
    """
    folder = directory / names.label
    folder.mkdir(parents=True)
    for template in sorted(_FILES.rglob(f"*{_SUFFIX}")):
        place = template.relative_to(_FILES).as_posix().removesuffix(_SUFFIX)
        path = folder / place.replace("label", names.label)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = Template(template.read_text(encoding="utf-8"))
        path.write_text(text.substitute(names.placeholders()), encoding="utf-8")
    for catalogue in folder.rglob("*.po"):
        polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
    _make_migration(names, directory)
    return folder


def _make_migration(names: PluginNames, directory: Path) -> None:
    """Lets Django write the migration, in a process that has the plugin installed."""
    plugins = [*load_environment().plugins, names.app_config]
    paths = [str(directory), str(PROJECT_DIR), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        f"{PREFIX}PLUGINS": ",".join(plugins),
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }
    subprocess.run(  # noqa: S603 - this very Python, with a label that was checked
        [sys.executable, "-m", "django", "makemigrations", names.label, "--no-header"],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=PROJECT_DIR,
    )
