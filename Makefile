# Everything runs in .venv, made from requirements.lock. Nothing outside this folder is changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: annex test soak lab check clean
.DEFAULT_GOAL := annex

annex: $(VENV)/ready ## set up and build the annex
	$(BIN)/annex build

test: $(VENV)/ready ## set up and run all tests
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/python -m pytest -n auto --dist worksteal

soak: $(VENV)/ready ## set up and run the long campaigns: slips in tables, random inputs, kills
	$(BIN)/python tests/soak/mutations.py
	$(BIN)/python tests/soak/fuzz.py
	$(BIN)/python tests/soak/kills.py

lab: $(VENV)/ready ## set up and open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=. $(LAB_ARGS) notebooks

check: $(VENV)/ready ## set up and check every table
	$(BIN)/annex check

# The stamp is written last: an interrupted set-up starts afresh.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Python 3.11 or newer is needed; {sys.executable} is {v[0]}.{v[1]}. Name another one: make PYTHON=python3.12")'
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	touch $@

clean: ## remove the environment and the built annex
	rm -rf $(VENV) annex annex-draft .annex.build-* .annex-draft.build-* .cache
