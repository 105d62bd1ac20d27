#!/bin/sh
# environment.sh base|dev|grapple [VERSION]: print the interpreter of a virtual environment that holds
# exactly what that file under requirements/ locks, making or mending it first where needed.
# PYTHON=… names the interpreter to build it with; else VERSION is tried first, then any that fits.
# Everything is written under $CMS_VAR_DIR (default var). Only the last line goes to stdout.
set -eu

level=$1
prefer=${2:-}
var=${CMS_VAR_DIR:-var}
case $level in
base | dev) of_its_own= ;;
grapple) of_its_own=-$level ;;
*) echo "usage: $0 base|dev|grapple [VERSION]" >&2; exit 2 ;;
esac

fits() {
    # A shim of a version manager can be on the path and still run nothing: ask it.
    "$1" -c 'import sys; sys.exit(not ((3, 12) <= sys.version_info[:2] <= (3, 13)))' 2>/dev/null
}

if [ -n "${PYTHON:-}" ]; then
    if ! fits "$PYTHON"; then
        echo "PYTHON=$PYTHON is not Python 3.12 or 3.13, which this project runs on." >&2
        exit 1
    fi
else
    # pyenv's shims run what .python-version names; its folders are looked into as well, since a
    # shim runs nothing where one of those versions is not installed.
    pyenv=${PYENV_ROOT:-${HOME:-}/.pyenv}/versions
    for candidate in ${prefer:+"python$prefer"} python3.13 python3.12 python3 python \
        "$pyenv"/3.13*/bin/python "$pyenv"/3.12*/bin/python; do
        if fits "$candidate"; then PYTHON=$candidate; break; fi
    done
    if [ -z "${PYTHON:-}" ]; then
        echo "No Python 3.12 or 3.13 found. Install one, or say where it is:" >&2
        echo "  make PYTHON=/path/to/python3.13 …" >&2
        exit 1
    fi
fi

version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
venv=$var/venv/$version$of_its_own
lock=requirements/$level.txt
stamp=$venv/.installed-$level

# cksum reads the lock alone: the environment is built again only when the lock changes.
if [ "$(cat "$stamp" 2>/dev/null)" != "$(cksum <"$lock")" ] || ! "$venv/bin/python" -c '' 2>/dev/null; then
    if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        echo "Making a virtual environment with Python $version in $venv" >&2
        if ! "$PYTHON" -m venv --clear "$venv" >&2; then
            echo "$PYTHON can't make virtual environments: on Debian, install python$version-venv." >&2
            exit 1
        fi
    fi
    echo "Installing what $lock locks (a minute or two, once)" >&2
    rm -f "$venv"/.installed-*
    # --compile: where PYTHONDONTWRITEBYTECODE is set, every start would compile everything again.
    "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --compile \
        --require-hashes --requirement "$lock" >&2
    if [ "$level" = dev ]; then  # whose lock holds the other one whole
        cksum <requirements/base.txt >"$venv/.installed-base"
    fi
    cksum <"$lock" >"$stamp"
fi
echo "$venv/bin/python"
