# make serve   set up what is missing, run the API and the screen on http://127.0.0.1:8000
# make test    set up what is missing, run everything that needs no torch, browser or PostgreSQL
#
# Needs Python 3.11 or newer, pip and make. Everything goes into .venv; running a target again costs nothing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help install serve healthy test lint types arrows tests floor constraints clean

help:
	@sed -n '1,4p' Makefile

install: $(VENV)/.installed

serve: $(VENV)/.installed
	$(BIN)/medinfo serve

healthy: $(VENV)/.installed
	@$(BIN)/python -c 'import urllib.request as u; u.build_opener(u.ProxyHandler({})).open("http://127.0.0.1:$(or $(MEDINFO_PORT),8000)/health/ready")' 2>/dev/null

test: lint types arrows tests floor

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

arrows: $(VENV)/.installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/.installed-dev
	@mkdir -p build
	$(BIN)/python -m pytest -n $(JOBS) -m "not torch and not browser and not postgres" \
		--cov --cov-report=term --cov-report=json:build/coverage.json

floor: $(VENV)/.installed-dev
	$(BIN)/python scripts/coverage_floor.py build/coverage.json

# A bare Debian has neither venv nor leave to install into the system: virtualenv from a folder of ours does the same.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		rm -rf $(VENV); \
		$(PYTHON) -m pip --disable-pip-version-check --quiet install --target .tools --upgrade \
			--constraint constraints.txt virtualenv \
		&& PYTHONPATH=.tools $(PYTHON) -m virtualenv --quiet --no-periodic-update $(VENV); }

# Built with the pinned setuptools, not with whatever is newest on the day.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --constraint constraints.txt setuptools
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable ".[dev]"
	@touch $@

# The newest versions that pyproject.toml allows, in an environment of its own.
constraints:
	rm -rf build/constraints
	$(PYTHON) -m venv build/constraints
	build/constraints/bin/pip install --quiet "setuptools>=80"
	build/constraints/bin/pip install --quiet --no-build-isolation --editable ".[dev]"
	build/constraints/bin/pip freeze --all --exclude-editable --exclude pip > constraints.txt
	rm -rf build/constraints

clean:
	rm -rf $(VENV) .tools build dist *.egg-info .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache
