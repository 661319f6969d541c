#!/bin/sh
# Make .venv with the given Python. Debian's python3 comes without ensurepip, so "python3 -m venv" would leave
# an environment without pip; there virtualenv does it, fetched by the system's pip into build/ if need be.
set -eu
python=${1:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 map" >&2
    exit 1
}
rm -rf .venv
if "$python" -c 'import venv, ensurepip; ensurepip.version()' 2>/dev/null && "$python" -m venv .venv; then
    :
elif "$python" -m virtualenv --version >/dev/null 2>&1; then
    "$python" -m virtualenv --quiet .venv
elif "$python" -m pip --version >/dev/null 2>&1; then
    echo "No ensurepip here: fetching virtualenv into build/virtualenv"
    "$python" -m pip install --quiet --upgrade --target build/virtualenv virtualenv
    PYTHONPATH=build/virtualenv "$python" -m virtualenv --quiet .venv
else
    echo "This Python has neither ensurepip nor virtualenv nor pip; install one: apt install python3-venv" >&2
    exit 1
fi
.venv/bin/python -m pip --version >/dev/null
