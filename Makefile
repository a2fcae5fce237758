# Everything runs in .venv, made from requirements.lock. Nothing outside this folder is changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHA256 := $(if $(shell command -v sha256sum),sha256sum,shasum -a 256)

.PHONY: annex test lab check soak audit release clean
.DEFAULT_GOAL := annex

annex: $(VENV)/ready ## set up and build the annex
	$(BIN)/annex build

test: $(VENV)/ready ## set up and run all tests
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/python -m pytest -n auto --dist worksteal

soak: $(VENV)/ready ## the long campaigns, one after another; layouts.py needs EVALUATION=PATH, a copy of the evaluation
	@failed=; for campaign in mutations.py built_up.py fuzz.py kills.py identical.py layouts.py test_large.py; do \
		printf '\n== %s\n' $$campaign; \
		case $$campaign in test_*) run='-m pytest -q';; *) run=;; esac; \
		$(BIN)/python $$run tests/soak/$$campaign || failed="$$failed $$campaign"; \
	done; test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

lab: $(VENV)/ready ## set up and open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=. $(LAB_ARGS) notebooks

check: $(VENV)/ready ## set up and check every table
	$(BIN)/annex check

audit: .venv-audit/ready ## look up known weaknesses of everything that is locked (needs the network)
	.venv-audit/bin/pip-audit --strict --progress-spinner off --disable-pip --require-hashes -r requirements.lock

release: $(VENV)/ready ## the annex, its bill of materials and checksums, in release/
	$(BIN)/annex build --no-cache
	rm -rf release && mkdir release && cp -rL annex release/annex
	$(BIN)/annex sbom release/sbom.cdx.json
	cd release && find annex sbom.cdx.json -type f -exec $(SHA256) {} + >SHA256SUMS
	LC_ALL=C sort -k 2 -o release/SHA256SUMS release/SHA256SUMS

# Its own environment: what looks for weaknesses is no part of what may have them.
.venv-audit/ready: .ci/audit.lock
	rm -rf .venv-audit
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/audit.lock
	touch $@

# The stamp is written last: an interrupted set-up starts afresh.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Python 3.11 or newer is needed; {sys.executable} is {v[0]}.{v[1]}. Name another one: make PYTHON=python3.12")'
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	touch $@

clean: ## remove the environments and what was built
	rm -rf $(VENV) .venv-audit release annex annex-draft .annex.build-* .annex-draft.build-* .cache
