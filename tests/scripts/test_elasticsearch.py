"""The tests' own Elasticsearch: what a command gets, how it ends, what is said where it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from elasticsearch import ConflictError, Elasticsearch

from cms.settings.env import PROJECT_DIR
from scripts.elasticsearch import ElasticsearchError, run_cluster
from scripts.elasticsearch.install import install
from tests.fixtures.services import leave_out
from tests.scripts.running import ends

BASE_DIR = settings.TEST_DIR / "elasticsearch"
SHOW = "import os; print(os.getpid(), os.environ.get('ELASTICSEARCH_URL'), flush=True)"


def start_script(code: str, **environment: str) -> subprocess.Popen[str]:
    """Start the script with a command that runs the code."""
    inherited = {
        key: value for key, value in os.environ.items() if key not in {"CI", "ELASTICSEARCH_URL"}
    }
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "scripts.elasticsearch", sys.executable, "-c", code],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=PROJECT_DIR, env=inherited | environment,
    )  # fmt: skip


@pytest.fixture
def _installed() -> None:
    try:
        install(BASE_DIR)
    except ElasticsearchError as error:
        leave_out(f"No Elasticsearch: {error}")


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_server_and_command_end_with_the_script(sign: signal.Signals) -> None:
    with start_script(f"{SHOW}; import time; time.sleep(60)") as script:
        assert script.stdout is not None
        command, url = script.stdout.readline().split()
        with Elasticsearch(url) as client:
            [node] = client.nodes.info(metric="process")["nodes"].values()
        script.send_signal(sign)
    assert ends(int(command))
    assert ends(node["process"]["id"])


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("_installed")
def test_a_server_that_does_not_start_is_explained_by_its_log() -> None:
    with (
        pytest.raises(ElasticsearchError, match=r"(?s)node n1 ended with code 1.* heap"),
        run_cluster(BASE_DIR, heap="1k"),
    ):
        pytest.fail("it started")


@pytest.mark.elasticsearch
def test_of_two_writers_on_the_shared_server_the_late_one_loses(
    elasticsearch_url: str, index_prefix: str
) -> None:
    index = f"{index_prefix}documents"
    with Elasticsearch(elasticsearch_url) as client:
        client.index(index=index, id="1", document={}, version=2, version_type="external")
        with pytest.raises(ConflictError):
            client.index(index=index, id="1", document={}, version=1, version_type="external")


def test_a_server_of_the_environment_is_used(tmp_path: Path) -> None:
    url = "http://search.example.vn:9200"
    with start_script(SHOW, ELASTICSEARCH_URL=url, CMS_VAR_DIR=str(tmp_path)) as script:
        printed, _ = script.communicate()
    assert printed.split()[1] == url
    assert script.returncode == 0
    assert not list(tmp_path.iterdir())


def test_where_none_can_be_had_the_command_runs_without(tmp_path: Path) -> None:
    with start_script(SHOW, PATH=str(tmp_path), CMS_VAR_DIR=str(tmp_path)) as script:
        printed, errors = script.communicate()
    assert printed.split()[1] == "None"
    assert "No Elasticsearch: Maven" in errors
    assert script.returncode == 0


def test_in_continuous_integration_that_is_a_failure(tmp_path: Path) -> None:
    with start_script(SHOW, PATH=str(tmp_path), CMS_VAR_DIR=str(tmp_path), CI="true") as script:
        printed, errors = script.communicate()
    assert printed == ""
    assert "No Elasticsearch: Maven" in errors
    assert script.returncode == 1
