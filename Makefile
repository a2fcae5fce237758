# Everything runs in .venv, which is installed from requirements.lock. Outside this folder only the caches of
# uv and pip change.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
SHA256 := $(if $(shell command -v sha256sum),sha256sum,shasum -a 256)

.PHONY: annex preview test lint style types messages lab check docs soak audit lock release clean
.DEFAULT_GOAL := annex

annex: $(VENV)/ready ## set up and build the annex
	$(BIN)/annex build

test: lint ## set up and run all tests, then pandas' own on our columns
	$(BIN)/python -m pytest -n auto --dist worksteal
	$(BIN)/python -m pytest -n auto tests/extension

lint: style types ## check style, formatting and types

style: $(VENV)/ready
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

types: $(VENV)/ready ## set up and check the types of src
	$(BIN)/mypy

soak: $(VENV)/ready ## the stress tests, one after another; layouts.py needs EVALUATION=PATH, a copy of the evaluation
	@failed=; for campaign in mutations.py dropped.py built_up.py fuzz.py kills.py identical.py layouts.py test_large.py; do \
		printf '\n== %s\n' $$campaign; \
		case $$campaign in test_*) run='-m pytest -q';; *) run=;; esac; \
		$(BIN)/python $$run tests/soak/$$campaign || failed="$$failed $$campaign"; \
	done; test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

preview: $(VENV)/ready ## set up and open the annex in a browser, where each edit is seen at once
	@$(BIN)/annex preview

lab: $(VENV)/ready ## set up and open JupyterLab at the tutorial; LAB_ARGS="--no-browser --port=9000"
	@$(BIN)/python src/lab_start.py $(LAB_ARGS)

check: $(VENV)/ready ## set up and check every table
	$(BIN)/annex check

messages: $(VENV)/ready ## bring the catalogues of words up to date with the code; NEW=pl begins one
	$(BIN)/python etc/messages.py $(NEW)

audit: .venv-audit/ready ## look up known vulnerabilities of the locked packages (needs the network)
	.venv-audit/bin/pip-audit --strict --progress-spinner off --disable-pip --require-hashes -r requirements.lock

# Versions stay as they are unless named: make lock LOCK_ARGS="--upgrade-package pandas" (all: --upgrade).
# environment.yml has the versions of direct dependencies too.
lock: $(VENV)/ready ## write the lock files anew from what the project asks for (needs the network)
	$(COMPILE) $(LOCK_ARGS) --all-extras --output-file requirements.lock pyproject.toml
	$(COMPILE) $(LOCK_ARGS) --output-file .ci/setup.lock .ci/setup.in
	$(COMPILE) $(LOCK_ARGS) --output-file .ci/audit.lock .ci/audit.in
	$(COMPILE) $(LOCK_ARGS) --output-file benchmarks/peers.lock benchmarks/peers.in

release: $(VENV)/ready ## the annex, its bill of materials and checksums, in release/
	$(BIN)/annex build --no-cache
	rm -rf release && mkdir release && cp -rL annex release/annex
	$(BIN)/annex sbom release/sbom.cdx.json
	cd release && find annex sbom.cdx.json -type f -exec $(SHA256) {} + >SHA256SUMS
	LC_ALL=C sort -k 2 -o release/SHA256SUMS release/SHA256SUMS

docs: $(VENV)/ready ## the pages of docs/api, from the docstrings
	$(BIN)/python docs/api_pages.py

# An environment of its own, so that pip-audit is not among the packages that it audits.
.venv-audit/ready: .ci/audit.lock
	rm -rf .venv-audit
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/audit.lock
	touch $@

# The file `ready` is written last, so that an interrupted set-up starts again.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Python 3.11 or newer is needed; {sys.executable} is {v[0]}.{v[1]}. Name another one: make PYTHON=python3.12")'
	.ci/install $(PYTHON)
	touch $@

clean: ## remove the environments, builds and cache
	rm -rf $(VENV) .venv-audit release annex annex-draft .annex.build-* .annex-draft.build-* .cache
