# Everything keeps its environment in .venv/; the lock files say exactly what goes into it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo run test lint check bench eval crash lock clean

demo: $(VENV)/.runtime  ## the main job, offline, with a bundled sample wire
	@$(BIN)/policywire demo

run: $(VENV)/.runtime  ## the service, with what .env configures
	@$(BIN)/policywire run

test: $(VENV)/.dev  ## all tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

crash: $(VENV)/.dev  ## kill the service at random moments, CRASHES times: nothing lost, nothing doubled
	@CRASHES=$${CRASHES:-30} $(BIN)/python -m pytest tests/e2e/process -k random

lint: $(VENV)/.dev  ## format, lint, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

check: lint test

bench: $(VENV)/.dev  ## speed and memory, as ratios against a named rival in the same run
	@$(BIN)/python -m bench

eval: $(VENV)/.dev  ## quality, on development data where it is there
	@$(BIN)/python -m bench --quality

# A runtime needs no compiler and no test tools: it is what `make demo` waits for.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "policywire needs Python 3.11 or newer; set PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.python
	@echo "Installing policywire into $(VENV)/ (once)…"
	@$(PIP) install --no-compile --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-compile --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: .ci/dev.lock $(VENV)/.runtime
	@echo "Installing the test tools into $(VENV)/ (once)…"
	@$(PIP) install --no-compile --no-deps --require-hashes -r .ci/dev.lock
	@touch $@

lock: $(VENV)/.dev  ## renew both lock files from pyproject.toml
	@.ci/lock

clean:
	rm -rf $(VENV) build dist
