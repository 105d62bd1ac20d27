"""Elasticsearch nodes on the loopback: started, waited for, and ended by their own pids."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import urllib3

from scripts.elasticsearch.install import Build, ElasticsearchError, find_java, install
from scripts.processes import HOST, free_ports, locked, start, stop

__all__ = ["Cluster", "Node", "run_cluster"]

START_PATIENCE = 120  # seconds; a few on a machine that is not busy
JAVA_OPTIONS = (
    "-XX:+UseSerialGC",
    "-Xss1m",
    "-XX:+ExitOnOutOfMemoryError",
    "--enable-native-access=ALL-UNNAMED",
    "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",  # no package has that library
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dlog4j2.disable.jmx=true",
)
QUICK_START = "-XX:TieredStopAtLevel=1"  # in half the time, but never at full speed


@dataclass(frozen=True, slots=True)
class Node:
    """One server process."""

    name: str
    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self.process.wait()

    def last_words(self) -> str:
        """The end of its log, without Java's stack frames."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        telling = [line for line in lines if not line.lstrip().startswith(("at ", "..."))]
        return "\n".join(telling[-15:])


@dataclass(frozen=True, slots=True)
class Cluster:
    """The nodes that were started, whether or not they still run."""

    nodes: tuple[Node, ...]

    @property
    def urls(self) -> list[str]:
        """The addresses of all nodes, for a client that knows more than one."""
        return [node.url for node in self.nodes]


@contextlib.contextmanager
def _run_folder(base_dir: Path) -> Iterator[Path]:
    """A folder for one run. Its logs stay until the next run starts, its data do not."""
    with contextlib.ExitStack() as held:
        with locked(base_dir / "runs.lock"):
            for earlier in base_dir.glob("run-*"):
                # Whoever made it holds its lock for as long as it lives.
                with contextlib.suppress(BlockingIOError), (earlier / "lock").open("w") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(earlier)
            folder = Path(tempfile.mkdtemp(dir=base_dir, prefix="run-"))
            held.enter_context(locked(folder / "lock"))
        try:
            yield folder
        finally:
            for data in folder.glob("*/"):
                shutil.rmtree(data)


def _start_node(
    name: str, home: Path, folder: Path, java: list[str], settings: dict[str, str | int]
) -> Node:
    for part in ("data", "logs", "tmp"):
        (folder / name / part).mkdir(parents=True)
    given = {
        "node.name": name,
        "cluster.name": "cms-test",
        "network.host": HOST,
        "path.data": folder / name / "data",
        "path.logs": folder / name / "logs",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        **settings,
    }
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = start(
            [
                *java, *JAVA_OPTIONS,
                f"-Djava.io.tmpdir={folder / name / 'tmp'}", f"-Des.path.home={home}",
                "-cp", f"{home / 'lib'}/*:{home / 'launcher'}", "Launcher", str(home),
                *(f"{key}={value}" for key, value in given.items()),
            ],
            stdout=output.fileno(),
            death_signal=signal.SIGKILL,  # its data are not kept
        )  # fmt: skip
    return Node(name, f"http://{HOST}:{settings['http.port']}", log, process)


@contextlib.contextmanager
def run_cluster(
    base_dir: Path, *, nodes: int = 1, heap: str = "512m", build: Build = "server"
) -> Iterator[Cluster]:
    """Start the nodes, each with a heap of that size, and stop them at the end.

    They answer as one cluster when it is given. ``base_dir`` is where the installation, the logs
    and, for as long as it runs, the data stand; several clusters may run at once. Raises
    ElasticsearchError where Elasticsearch can't be installed or does not start.
    """
    home = install(base_dir, build)
    java = [str(find_java(build)), f"-Xms{heap}", f"-Xmx{heap}"]
    java += [QUICK_START] if build == "server" else []
    ports = free_ports(2 * nodes)
    names = [f"n{number}" for number in range(1, nodes + 1)]
    discovery = {"discovery.type": "single-node"}
    if nodes > 1:
        discovery = {
            "discovery.seed_hosts": ",".join(f"{HOST}:{port}" for port in ports[nodes:]),
            "cluster.initial_master_nodes": ",".join(names),
        }
    with _run_folder(base_dir) as folder, contextlib.ExitStack() as running:
        started = []
        for name, http, transport in zip(names, ports, ports[nodes:], strict=False):
            own = {"http.port": http, "transport.port": transport}
            node = _start_node(name, home, folder, java, {**discovery, **own})
            running.callback(stop, node.process, sign=signal.SIGKILL)
            started.append(node)
        cluster = Cluster(tuple(started))
        _wait_until_ready(cluster)
        yield cluster


def _wait_until_ready(cluster: Cluster) -> None:
    """Wait until every node answers that all of them are there."""
    deadline = time.monotonic() + START_PATIENCE
    wanted = {"wait_for_nodes": len(cluster.nodes), "wait_for_status": "green", "timeout": "2s"}
    for node in cluster.nodes:
        address = f"{node.url}/_cluster/health?{urlencode(wanted)}"
        while problem := _problem(address):
            if node.process.poll() is not None:
                problem = f"ended with code {node.process.returncode}"
            elif time.monotonic() < deadline:
                time.sleep(0.1)
                continue
            raise ElasticsearchError(
                f"node {node.name} {problem}; its log, {node.log}, ends with\n{node.last_words()}"
            )


def _problem(address: str) -> str | None:
    """What is wrong with the answer, or None."""
    try:
        status = urllib3.request("GET", address, retries=False, timeout=5).status
    except urllib3.exceptions.HTTPError as error:
        return f"does not answer ({error})"
    return None if status == 200 else f"answers {status}"
