#!/bin/sh
# lock.sh [--upgrade]: pin the whole dependency tree with hashes, for every platform and for both
# Pythons, without a word about where packages come from.
set -eu

compile() {
    "$PYTHON" -m uv pip compile pyproject.toml --quiet --universal --python-version 3.12 \
        --generate-hashes --no-header --no-emit-index-url "$@"
}

compile --group dev --output-file requirements/dev.txt "$@"
# What runs in production has the versions that were tested.
compile --constraint requirements/dev.txt --output-file requirements/base.txt "$@"

if grep -n "http" requirements/base.txt requirements/dev.txt; then
    echo "The lock names an address." >&2
    exit 1
fi
