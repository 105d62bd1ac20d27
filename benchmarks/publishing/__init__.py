"""The processes of the kill test that work inside the site: each a module that prints JSON."""

PREPARE = "benchmarks.publishing.prepare"
PUBLISH = "benchmarks.publishing.publish"
CHECK = "benchmarks.publishing.check"
