# Every target sets up what it needs on first use: Python 3.11 or newer and a package registry are enough.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-print test lint format bench lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## Make .venv with everything, from the hashed lock file

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Followthrough needs Python 3.11 or newer; say which with: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Setting up .venv (once; about 800 MB with the speech model)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

demo: $(READY) ## Try the bot in your browser, in a Slack of its own; nothing else is needed
	@$(BIN)/python -m bot demo

demo-print: $(READY) ## The same without a browser: share the sample meeting and print the thread as it grows
	@$(BIN)/python -m bot demo --print

test: $(READY) ## Run the tests
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: $(READY) ## Check style, types and the walls between the rooms
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## Measure, and print the tables
	@$(BIN)/python -m bench

lock: ## Bring requirements.lock up to date with pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --extra engine --extra playground \
		--group dev --upgrade --quiet pyproject.toml --output-file requirements.lock

clean: ## Remove what the other targets made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
