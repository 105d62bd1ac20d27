"""Run a command with an Elasticsearch of its own: `python -m scripts.elasticsearch COMMAND…`.

The command finds its address in ELASTICSEARCH_URL. Where that is set already, nothing is started.
Where no server can be had, the command runs without; in continuous integration that is a failure.
Without a command, install what is missing and end. `--whole` before the command takes a server
with all that Wagtail's search backend needs, at full speed, for measurements.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from scripts.elasticsearch import ADDRESS_VARIABLE, ElasticsearchError, run_cluster
from scripts.elasticsearch.install import Build, install
from scripts.processes import run_command
from scripts.services import is_ci


def main(command: list[str]) -> int:
    """Run the command line's command with the server; returns its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    base_dir = Path(os.environ.get("CMS_VAR_DIR", "var")).absolute() / "test" / "elasticsearch"
    given = os.environ.get(ADDRESS_VARIABLE)
    build: Build = "server"
    if command[:1] == ["--whole"]:
        build, command = "whole", command[1:]
    try:
        if given:
            return run_command(command) if command else 0
        if not command:
            install(base_dir, build)
            return 0
        with run_cluster(base_dir, build=build) as cluster:
            return run_command(command, {ADDRESS_VARIABLE: cluster.nodes[0].url})
    except ElasticsearchError as error:
        print(f"No Elasticsearch: {error}", file=sys.stderr, flush=True)
        if is_ci():
            return 1
        return run_command(command) if command else 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
