#!/bin/sh
# lock.sh [--upgrade]: pin the whole dependency tree with hashes, for every platform and for both
# Pythons, without a word about where packages come from.
set -eu

compile() {
    "$PYTHON" -m uv pip compile --quiet --universal --python-version 3.12 \
        --generate-hashes --no-header --no-emit-index-url "$@"
}

compile pyproject.toml --group dev --output-file requirements/dev.txt "$@"
# What runs in production has the versions that were tested.
compile pyproject.toml --constraint requirements/dev.txt --output-file requirements/base.txt "$@"
# An environment of its own: only the benchmark uses it.
compile --group grapple --output-file requirements/grapple.txt "$@"

if grep -n "://" requirements/*.txt; then
    echo "The lock names an address." >&2
    exit 1
fi
