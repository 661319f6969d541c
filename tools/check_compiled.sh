#!/bin/sh
# Build the wheel with compiled modules (HATCH_BUILD_HOOK_ENABLE_MYPYC=1) and see that it gives, byte for byte, what
# plain Python gives on our own texts. Needs a C compiler, and .venv with the package: make compiled
set -eu
checkout=$PWD
python=$checkout/.venv/bin/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# in a copy: compiled modules beside their source would be taken first from then on
mkdir "$work/tree"
git ls-files -z | xargs -0 cp --parents -t "$work/tree"
cp -r --parents gazetteer/data geo/render/static "$work/tree"
# what mypyc makes of the source is compared, not what the C compiler makes of that: its optimising costs two minutes
sed -i 's/opt_level = "3"/opt_level = "0"/' "$work/tree/pyproject.toml"
HATCH_BUILD_HOOK_ENABLE_MYPYC=1 "$python" -m pip wheel --quiet --no-deps --wheel-dir "$work" "$work/tree"
"$python" -m pip install --quiet --no-deps --target "$work/compiled" "$work"/*.whl
"$python" -m training.compile --split check --output "$work/texts.jsonl"

cd "$work" # "python -m" looks here first
mypyc='import sys; from importlib import import_module as load
files = [load("geo." + name).__file__ for name in "mentions.view places.resolver dates.finder events.sentence".split()]
sys.exit(not all(file.endswith((".so", ".pyd")) for file in files))'
PYTHONPATH=$work/compiled "$python" -c "$mypyc" || { echo "the wheel holds no compiled modules" >&2; exit 1; }
PYTHONPATH=$checkout "$python" -m geo parse texts.jsonl -o plain.jsonl
PYTHONPATH=$work/compiled "$python" -m geo parse texts.jsonl -o compiled.jsonl
cmp plain.jsonl compiled.jsonl
echo "compiled and plain modules give the same $(wc -l <plain.jsonl) records"
