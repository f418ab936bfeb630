# Two commands for everyone: `make maps` and `make test`. Each sets up what it needs in .venv first.

VENV ?= .venv
BIN := $(VENV)/bin
# The first Python that is new enough and can make a virtual environment (pyenv's shims may exist and yet not run).
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help maps picture test lint types pytest format constraints clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1 — /p' $(MAKEFILE_LIST)

maps: $(VENV)/.geomap-run ## read the articles in seeds/ and write maps/
	$(BIN)/geomap map seeds

picture: maps ## renew the picture in README.md (needs Chromium)
	$(BIN)/python -c 'from pathlib import Path; from geomap.writers.html.picture import write_png; \
		write_png(Path("maps/2020-09-27.html"), Path("docs/day-map.png"), width=1060, height=680)'

test: lint types pytest ## all checks that CI makes

lint: $(VENV)/.geomap-dev ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.geomap-dev ## types
	$(BIN)/mypy --strict

pytest: $(VENV)/.geomap-dev ## tests alone
	$(BIN)/pytest -W error -n auto

format: $(VENV)/.geomap-dev ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the environment and caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'geomap needs Python 3.11 or newer with venv (on Debian: apt install python3-venv).' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Dependencies first, every archive checked against its hash; then geomap itself, from this folder.
$(VENV)/.geomap-run: constraints.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r constraints.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.geomap-dev: constraints-dev.txt $(VENV)/.geomap-run
	$(PIP) install --require-hashes -r constraints-dev.txt
	@touch $@

# Pins for every supported Python and platform; uv resolves them in one go.
UV_COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links
constraints: $(BIN)/python ## renew the pinned versions
	$(PIP) install uv
	printf 'hatchling\n' > build-requirements.in
	$(BIN)/uv $(UV_COMPILE) --upgrade -o constraints.txt pyproject.toml build-requirements.in
	$(BIN)/uv $(UV_COMPILE) --upgrade -o constraints-dev.txt --extra dev -c constraints.txt pyproject.toml
	rm build-requirements.in
