"""A real Elasticsearch for tests and measurements, on the loopback, with no container.

`install` puts the server together from packages, `cluster` starts and stops its nodes, and
`python -m scripts.elasticsearch COMMAND…` runs a command with a server of its own.
"""

from __future__ import annotations

from scripts.elasticsearch.cluster import Cluster, Node, run_cluster
from scripts.elasticsearch.install import ElasticsearchError

__all__ = ["ADDRESS_VARIABLE", "Cluster", "ElasticsearchError", "Node", "run_cluster"]

ADDRESS_VARIABLE = "ELASTICSEARCH_URL"
"""The environment variable that names a server that runs already, to be used instead."""
