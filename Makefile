# The two commands of the README; everything they need is made here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
# Modules are compiled once, by whoever needs them first.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: up test audit bench lint screens clean

up: $(VENV)/.installed
	@$(BIN)/nenrin up $(ARGS)

test: $(VENV)/.installed-test
	@$(BIN)/python tests/install_browser.py
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/python -m mypy
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

screens: $(VENV)/.installed-test
	@$(BIN)/python tests/install_browser.py
	@$(BIN)/python -m tests.screens $(ARGS)

# Known weaknesses of every pinned part. What could not be looked up counts as not passed.
audit: var/audit/.installed
	@var/audit/bin/pip-audit --strict --progress-spinner off --disable-pip --require-hashes \
		-r requirements.lock -r requirements-test.lock
	@if command -v npm >/dev/null; then cd $(dir $(UI)) && npm audit --package-lock-only; \
		else echo "npm がないので、画面の部品は調べていません。"; fi

var/audit/.installed:
	@$(PYTHON) -m venv var/audit
	@var/audit/bin/python -m pip install --quiet --disable-pip-version-check "pip-audit==2.10.1"
	@touch $@

bench: $(VENV)/.installed-test
	@$(BIN)/python -m bench $(ARGS)

UI := nenrin/core/ui/npm/package-lock.json

# Bytecode is made while the packages of the pages are fetched.
PREPARE := $(BIN)/python -m nenrin.cli.compile_ahead & ahead=$$!; $(BIN)/python -m nenrin.core.ui.prepare \
	&& $(BIN)/python -m nenrin.rehearsal.card.prepare && wait $$ahead

$(VENV)/.installed: requirements.lock pyproject.toml $(UI)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(PREPARE)
	@touch $@

$(VENV)/.installed-test: requirements-test.lock pyproject.toml $(UI)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-test.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(PREPARE)
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) var build *.egg-info
