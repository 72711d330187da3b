# The two commands of the README; everything they need is made here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: up test bench lint screens clean

up: $(VENV)/.installed
	@$(BIN)/nenrin up $(ARGS)

test: $(VENV)/.installed-test
	@$(BIN)/python tests/install_browser.py
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

screens: $(VENV)/.installed-test
	@$(BIN)/python tests/install_browser.py
	@$(BIN)/python -m tests.screens $(ARGS)

bench: $(VENV)/.installed-test
	@$(BIN)/python -m bench $(ARGS)

UI := nenrin/core/ui/npm/package-lock.json

$(VENV)/.installed: requirements.lock pyproject.toml $(UI)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m nenrin.core.ui.prepare
	@touch $@

$(VENV)/.installed-test: requirements-test.lock pyproject.toml $(UI)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m nenrin.core.ui.prepare
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) var build *.egg-info
