# The commands of this project. `make refresh` and `make test` work on a fresh machine with python3.11 and make.
PYTHON ?= python3.11
ENV := .venv
BIN := $(ENV)/bin
SHARED ?= ../shared
CORPORA := $(SHARED)/corpora
# tests of examples made at random, of which `make test` looks at a few (tests/examples.py)
MADE := $(shell grep -lr --include="test_*.py" "import examples" tests)
# a test that starts servers, or reads the corpus, may take long
PATIENT := --timeout=2400 --override-ini faulthandler_timeout=1200
export PYTHONPATH :=

.PHONY: help install install-dev refresh test integration lint types serve bench corpus corpus-cut model evaluate lock pictures screenshots clean

help:            ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ \t/'

$(ENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(ENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(ENV)/installed-dev: requirements-dev.lock $(ENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(ENV)/installed          ## make .venv and install what a run needs

install-dev: $(ENV)/installed-dev  ## and what the tests and benchmarks need

refresh: install  ## run the main job on the enabled sources (at first: the built-in sample)
	$(BIN)/commons refresh

test: install-dev  ## the tests of the core
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Servers of Debian's packages have the machine to themselves; the rest shares it.
integration: install-dev  ## the tests against real servers (as root, tests/integration/install gets them), and long ones
	$(BIN)/python -m pytest --override-ini addopts="--import-mode=importlib -q -ra" $(PATIENT) --ignore=tests/integration/job tests/integration
	COMMONS_ALL_EXAMPLES=1 $(BIN)/python -m pytest -n 2 --dist worksteal --override-ini addopts="--import-mode=importlib -q -ra" $(PATIENT) tests/integration/job $(MADE)

lint: install-dev  ## style
	$(BIN)/ruff check pipelines tests benchmarks docs
	$(BIN)/ruff format --check pipelines tests benchmarks docs

types: install-dev  ## types
	$(BIN)/mypy

serve: install  ## the Dagster UI at http://127.0.0.1:3000
	DAGSTER_HOME=$(CURDIR) $(BIN)/dagster-webserver -h 127.0.0.1 -p 3000

bench: install-dev  ## side-by-side measurements; benchmarks/README.md holds the last figures
	$(BIN)/python -m benchmarks

corpus: install-dev  ## the whole P2P Foundation wiki, the Coop des Communs texts and the newsletter archive
	$(BIN)/python -m pytest -s --override-ini addopts="--import-mode=importlib" $(PATIENT) tests/corpus

corpus-cut: install-dev  ## the same on a 2,000-page cut
	COMMONS_CORPUS_PAGES=2000 $(BIN)/python -m pytest -s --override-ini addopts="--import-mode=importlib" $(PATIENT) tests/corpus

model: install-dev  ## train the shipped models again from the corpus and the gold set
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[model]'
	$(BIN)/python -m commons_graph.extract.training $(CORPORA)/p2pfoundation-wiki.xml.bz2 $(SHARED)/gold $(CLONES)

evaluate: install-dev  ## measure extraction on the dev gold
	$(BIN)/python benchmarks/evaluate.py $(SHARED)/gold

pictures: install  ## draw docs/pictures from the newest release
	$(BIN)/python docs/draw.py

screenshots: install  ## take the pictures of Dagster's UI for docs/stewards.md (needs chromium)
	$(BIN)/python docs/screenshots.py

lock:  ## pin the dependencies again
	$(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --no-header --allow-unsafe --extra build -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --no-header --allow-unsafe --extra build --extra dev --extra bench -c requirements.lock -o requirements-dev.lock pyproject.toml
	@# Python 3.11's own pip takes an extra only as the package spells it
	sed -i 's/^lxml\[html-clean\]/lxml[html_clean]/' requirements-dev.lock

clean:  ## remove what runs built (captures, lake, warehouse; releases stay)
	rm -rf warehouse/lake warehouse/work warehouse/warehouse.duckdb warehouse/dagster
