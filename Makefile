# Two commands to remember: "make map" and "make test". Any Python from 3.11 on: make PYTHON=python3.13 map
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/sh

# What the installed package is made of besides plain Python modules, which an editable install reads live.
BUILT_FROM := pyproject.toml hatch_build.py $(shell find gazetteer geo/render/web \
	\( -name node_modules -o -name data -o -name __pycache__ \) -prune -o -type f -print 2>/dev/null)

.PHONY: help map test lint format pictures reference bench compiled clean
.DELETE_ON_ERROR:

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

map: .venv/.installed ## Install into .venv and draw the two example dispatches: out/map.html
	@$(BIN)/geo map seeds/ -o out/map.html

test: .venv/.installed-test ## Install what tests need and run them all (ARGS="-k claims" narrows)
	@$(BIN)/python -m pytest $(ARGS)

lint: .venv/.installed-dev ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: .venv/.installed-dev ## Lay out the code with ruff
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

pictures: .venv/.installed-test ## Take pictures of the map: wide, narrow, dark, print, no JavaScript
	@$(BIN)/geo map seeds/ -o out/map.html
	@$(BIN)/python tools/pictures.py out/map.html out/pictures docs/pictures

reference: .venv/.installed ## Make the generated parts of docs/cli.md and docs/formats.md anew
	@$(BIN)/python tools/reference.py

bench: .venv/.installed ## Measure start-up, the gazetteer and a whole run, as ratios
	@$(BIN)/python bench/startup.py && $(BIN)/python bench/gazetteer_open.py && $(BIN)/python bench/map_cold.py

compiled: .venv/.installed ## Build the wheel with compiled modules and compare what they give with plain Python
	@sh tools/check_compiled.sh

clean: ## Remove the environment and all products
	rm -rf .venv build dist gazetteer/data geo/render/static
	find . -maxdepth 1 -name '*__mypyc*' -delete; find geo gazetteer -name '*.so' -delete
	find out -mindepth 1 ! -name .gitkeep -delete

.venv/bin/python:
	@sh tools/make_venv.sh "$(PYTHON)"

.venv/.installed: .venv/bin/python $(BUILT_FROM)
	@echo "Installing into .venv; the first time it compiles the gazetteer, which takes pip some silent minutes"
	$(BIN)/python -m pip install --progress-bar off -e .
	@touch $@

.venv/.installed-test: .venv/bin/python $(BUILT_FROM)
	$(BIN)/python -m pip install --progress-bar off -e '.[test]'
	@sh tools/find_chromium.sh
	@touch .venv/.installed $@

.venv/.installed-dev: .venv/bin/python $(BUILT_FROM)
	$(BIN)/python -m pip install --progress-bar off -e '.[test,dev]'
	@touch .venv/.installed $@
