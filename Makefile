# Verbs of the project; `make help` lists them. Everything runs in .venv, nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin
# The long verbs draw something else each time; whatever one finds is found again by the seed that it prints.
FRESH = ZACHETKA_SEED=$${ZACHETKA_SEED:-$$($(BIN)/python -c "import secrets; print(secrets.randbelow(10**9))")}
PACKAGES := schemas keys issuer verifier wallet_web service
# What the compiled build must pass: the tests of the modules that are compiled (pyproject.toml), and that those are the ones in use.
COMPILED := .venv/compiled
COMPILED_TESTS := tests/compiled.py $(addsuffix .py,\
	$(addprefix tests/schemas/test_,canonical compiled credential dates differential expand reading safe_mode scopes shapes) \
	$(addprefix tests/keys/test_,history multikey proof_terms proofs proofs_w3c signatures) \
	$(addprefix tests/issuer/test_,compose series signing) \
	$(addprefix tests/verifier/test_,attacks keys mutations nested proof_sets status tamper tampering trust verify))
# Test data of the standards bodies lies beside the project, never in it; tests that need it skip with a reason where it is absent.
export ZACHETKA_VECTORS ?= $(abspath ../shared/vectors)
# Where a shell forbids it, every process that a verb or a test starts would compile the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo serve test check compiled tour access bench whole conformance differential faults doors states fuzz moves format lock clean
help: ## list the verbs
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/run ## build the demonstration municipality, play its stories, serve it (ARGS=--no-serve ends after the stories)
	$(BIN)/zachetka demo $(ARGS)

serve: .venv/run ## serve an installation (settings: ZACHETKA_* or .env)
	$(BIN)/zachetka serve $(ARGS)

test: check .venv/node ## format, lint, types, layers and all tests, on the same draws each time (ZACHETKA_SEED=N for others)
	$(BIN)/pytest $(ARGS)

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

compiled: $(COMPILED)/made ## build the wheel whose core is machine code (dist/compiled, needs a C compiler) and test it in .venv/compiled (ARGS=tests/schemas)
	cd $(COMPILED) && ../bin/pytest $(or $(ARGS),$(COMPILED_TESTS))

tour: .venv/dev ## take the pictures of docs/tour again (needs Chromium)
	$(BIN)/python -m tests.tour

access: .venv/dev .venv/node ## every page for everybody: axe-core in both languages and themes, three widths, the keyboard, hostile text (needs Chromium)
	$(BIN)/python -m tests.access $(ARGS)

bench: .venv/dev $(if $(CORE),$(COMPILED)/made) ## time the acts beside the raw cryptography and pyld (ARGS=sign_one verify_one …; CORE=compiled: that build)
	cd $(if $(CORE),$(COMPILED),.) && $(abspath $(BIN))/python -m bench $(ARGS)

whole: .venv/dev ## one list of 100,000 awards on SQLite, then on PostgreSQL by two workers (ARGS="--rows N")
	$(BIN)/python -m bench.whole_list $(ARGS)
	$(BIN)/python -m bench.whole_list --database postgresql --workers 2 $(ARGS)

conformance: .venv/dev ## serve the W3C's suites over https on loopback, and write the configuration that they read (ARGS="--port N --config FILE")
	$(BIN)/python -m service.conformance $(ARGS)

differential: .venv/dev .venv/node ## 100,000 documents before every judge (ARGS="--documents N --seed S")
	$(BIN)/python -m tests.differential --documents 100000 $(ARGS)

faults: .venv/dev ## 2,000 workers killed in mid-list on SQLite, then one of three on PostgreSQL, then its server cut off 100 times (ARGS="--kills N --seed S")
	$(BIN)/python -m tests.faults --kills 2000 $(ARGS)
	$(BIN)/python -m tests.faults --kills 2000 --database postgresql --workers 3 $(ARGS)
	$(BIN)/python -m tests.faults.outages --restarts 100

doors: .venv/dev ## bad input of every kind at every door, on both databases
	DOORS_SHARE=1 $(BIN)/pytest tests/journeys/test_doors.py $(ARGS)

states: .venv/dev ## credit cases under random hands, over the pure table and in a database (ARGS="--moves N --kept N --seed S")
	$(BIN)/python -m tests.states $(ARGS)

fuzz: .venv/dev ## five million inputs for the reader and the canonicaliser (needs atheris; ARGS="--seed S")
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	$(BIN)/python -m tests.fuzz --inputs 5000000 --jobs 2 $(ARGS)

moves: .venv/dev ## 1,000 generated learners moved to another installation and out again (ARGS="--learners N --seed S")
	$(BIN)/python -m tests.wallet_web.moving $(ARGS)

tamper: .venv/dev ## two million random changes of genuine credentials (ARGS="--maxfail=1"; ZACHETKA_SEED, TAMPER_MUTATIONS)
	$(FRESH) TAMPER_MUTATIONS=$${TAMPER_MUTATIONS:-2000000} $(BIN)/pytest tests/verifier/test_tampering.py $(ARGS)

format: .venv/dev ## put the code into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## pin every dependency with its hashes again (needs uv)
	uv pip compile pyproject.toml --extra postgres --extra pdf --extra pkcs11 --group dev --universal --python-version 3.11 --generate-hashes -o requirements-dev.txt
	uv pip compile pyproject.toml --extra postgres --extra pdf --extra pkcs11 --universal --python-version 3.11 --generate-hashes -c requirements-dev.txt -o requirements.txt
	uv pip compile --group fuzz --universal --python-version 3.11 --generate-hashes -o requirements-fuzz.txt

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

$(COMPILED)/made: .venv/dev .venv/node hatch_build.py $(shell find $(PACKAGES) tests bench -name '*.py' -not -path '*/node_modules/*')
	rm -rf $(COMPILED) dist/compiled
	HATCH_BUILD_HOOKS_ENABLE=1 $(BIN)/python -m hatchling build -t wheel -d dist/compiled
	$(BIN)/python -m zipfile -e dist/compiled/*.whl $(COMPILED)
	cp -R tests bench docs pyproject.toml $(COMPILED)
	@touch $@

# jsonld.js and rdf-canonize, the judges from the other side of the field, its signing software, axe-core; without npm their tests skip with a reason.
.venv/node: tests/access/package.json tests/differential/package.json tests/interop/package.json | .venv/bin/python
	if command -v npm >/dev/null; then for folder in access differential interop; do (cd tests/$$folder && npm install --silent --no-audit --no-fund --no-package-lock) || echo "no packages for tests/$$folder in Node.js: its tests are skipped"; done; fi
	@touch $@
