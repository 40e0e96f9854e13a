# Verbs of the project; `make help` lists them. Everything runs in .venv, nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := schemas keys issuer verifier wallet_web service
# Test data of the standards bodies lies beside the project, never in it; tests that need it skip with a reason where it is absent.
export ZACHETKA_VECTORS ?= $(abspath ../shared/vectors)

.PHONY: help demo serve test check tour format lock clean
help: ## list the verbs
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/run ## build the demonstration municipality, play its stories, serve it (ARGS=--no-serve ends after the stories)
	$(BIN)/zachetka demo $(ARGS)

serve: .venv/run ## serve an installation (settings: ZACHETKA_* or .env)
	$(BIN)/zachetka serve $(ARGS)

test: check ## format, lint, types, layers and all tests
	$(BIN)/pytest $(ARGS)

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

tour: .venv/dev ## take the pictures of docs/tour again (needs Chromium)
	$(BIN)/python -m tests.tour

format: .venv/dev ## put the code into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## pin every dependency with its hashes again (needs uv)
	uv pip compile pyproject.toml --extra postgres --group dev --universal --python-version 3.11 --generate-hashes -o requirements-dev.txt
	uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes -c requirements-dev.txt -o requirements.txt

clean: ## remove what the verbs made (never the data folder)
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
