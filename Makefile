# Everything below needs Python 3.11 to 3.13 and make; `make demo` and `make test` set up the rest in .venv.
# Another interpreter: make demo PYTHON=/path/to/python3.12

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO_STORE := build/demo.lbug
PYTHON ?=
EXTRAS := dev # make setup EXTRAS=dev,spark

# Prints the first suitable interpreter, or says what is missing. `venv` alone may be there without `ensurepip` (Debian).
define FIND_PYTHON
set -e; \
fits='import sys; raise SystemExit(not ((3, 11) <= sys.version_info[:2] < (3, 14)))'; \
if [ -n "$$PYTHON" ]; then set -- "$$PYTHON"; else set -- python3 python3.13 python3.12 python3.11 python; fi; \
python=; \
for candidate in "$$@"; do \
	if "$$candidate" -c "$$fits" >/dev/null 2>&1; then python="$$candidate"; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "parkgraph: needs Python 3.11, 3.12 or 3.13; $$1 is $$(command -v "$$1" >/dev/null 2>&1 && "$$1" --version 2>&1 || echo missing)." >&2; \
	echo "parkgraph: name one with  make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; \
	exit 1; \
fi; \
if ! "$$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	echo "parkgraph: $$python has no venv or ensurepip; install it (Debian, Ubuntu: apt install python3-venv)." >&2; \
	exit 1; \
fi
endef

export PYTHON
export PIP_USER := 0

# A checkout that was moved or copied has a .venv that points to the old place.
MOVED := $(shell [ "$$(cat $(READY) 2>/dev/null)" = "$$(pwd)" ] || rm -f $(READY))

.PHONY: help
help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

# The stamp is newer than what it was made from: the second run installs nothing.
$(READY): pyproject.toml constraints.txt
	@$(FIND_PYTHON); \
	if [ -x $(BIN)/python ] && ! $(BIN)/python -c "$$fits" >/dev/null 2>&1; then rm -rf $(VENV); fi; \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "Setting up $(VENV) with $$("$$python" --version) ..."; \
		"$$python" -m venv --clear $(VENV); \
	fi
	@echo "Installing the pinned dependencies into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling editables setuptools
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		--no-build-isolation --editable '.[$(strip $(EXTRAS))]'
	@printf '#!/bin/sh\nexec "%s/$(BIN)/python" -m bench "$$@"\n' "$$(pwd)" > $(BIN)/parkgraph-bench
	@chmod +x $(BIN)/parkgraph-bench
	@pwd > $(READY)

.PHONY: setup
setup: $(READY) ## Make .venv with everything in it

.PHONY: demo
demo: $(READY) ## Load the sample documents, ask who leads green-park tasks; in a terminal then serve the pages
	@rm -rf "$(DEMO_STORE)" "$(DEMO_STORE)".*; mkdir -p build
	@set -e; \
	export PARKGRAPH_STORE="$(DEMO_STORE)"; \
	[ -t 1 ] || export COLUMNS=100; \
	run() { echo "\$$ parkgraph $$*"; "$(BIN)/parkgraph" "$$@"; echo; }; \
	run ingest data/documents; \
	echo "Which agencies lead green tasks, and where does it say so?"; \
	run query lead_agencies --theme green; \
	echo "Which green tasks name no agency at all?"; \
	run query unowned_tasks --theme green; \
	echo "Now you:"; \
	echo "  export PARKGRAPH_STORE=$(DEMO_STORE)"; \
	echo "  alias parkgraph=$(BIN)/parkgraph"; \
	echo "  parkgraph queries                 # what else can be asked"; \
	echo "  parkgraph query theme_matrix      # regions by themes"; \
	echo "  parkgraph check                   # does every quote stand in its document?"; \
	echo "  parkgraph ingest PATH...          # documents of your own"; \
	echo "  parkgraph serve                   # pages and the HTTP API at http://127.0.0.1:8000/"; \
	if [ -t 0 ] && [ -t 1 ]; then echo; "$(BIN)/parkgraph" serve --log-level warning; fi

.PHONY: test
test: $(READY) ## Run the tests, on Neo4j too where there is Java 17 (the first time: and Maven)
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

.PHONY: screenshots
screenshots: $(READY) ## Renew the pictures of the pages in docs/images (needs Chromium)
	@$(BIN)/python -m pytest tests/screenshots.py -q -p no:cacheprovider

.PHONY: lint
lint: $(READY) ## ruff check, ruff format --check, mypy --strict
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy --strict ingest graph api

.PHONY: format
format: $(READY) ## Let ruff put the code in order
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

.PHONY: bench
bench: $(READY) ## Every benchmark: tables, and build/bench.json (ten minutes or so)
	@$(BIN)/python -m bench.suite $(ARGS)

MADE := build/made
.PHONY: bench-made
bench-made: $(READY) ## Made-up documents with known truth, and how much of it is found (5 minutes)
	@$(BIN)/parkgraph-bench make --documents 10000 --seed 2026 --out $(MADE)
	@$(BIN)/parkgraph-bench score $(MADE)

.PHONY: bench-pages
bench-pages: $(READY) ## How long the pages of a store take: make bench-pages ARGS="--store FILE --browser"
	@$(BIN)/python -m bench.pages $(ARGS)

# Other loaders pin other versions, so they have an environment of their own.
.PHONY: bench-load
bench-load: $(READY) ## Speed of loading beside py2neo, neo4j-graphrag, LangChain and neo4j-admin (20 minutes)
	@[ -x build/bench/bin/python ] || $(BIN)/python -m venv build/bench
	@build/bench/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]' || { \
		echo "The other loaders cannot be installed; going on without them."; \
		build/bench/bin/python -m pip install --quiet --disable-pip-version-check --editable .; }
	@build/bench/bin/python -m bench.load $(ARGS)

FUZZ_SECONDS := 75
FUZZ_FOUND := build/fuzz/crash-
.PHONY: fuzz
fuzz: $(READY) ## Fuzz each reader with coverage (atheris; ten minutes in all)
	@[ -x build/fuzz/bin/python ] || $(BIN)/python -m venv build/fuzz
	@build/fuzz/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling editables setuptools
	@build/fuzz/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		--no-build-isolation --editable '.[dev]' 'atheris>=3'
	@for kind in text html docx eml zip ofd jsonl pdf; do echo "$$kind"; \
		build/fuzz/bin/python -m tests.atheris_readers $$kind build/fuzz/corpus/$$kind \
		-max_total_time=$(FUZZ_SECONDS) -max_len=60000 -timeout=25 -rss_limit_mb=2500 -artifact_prefix=$(FUZZ_FOUND)$$kind- \
		2>&1 | grep -E '^(Done|==|SUMMARY| ===)' || exit 1; done
	@for found in $(FUZZ_FOUND)*; do [ ! -e "$$found" ] || { echo "found: $$found"; failed=1; }; done; exit $${failed:-0}

# The newest versions that pyproject.toml allows, in a venv of their own. Run it with the oldest Python that is supported:
# what has a wheel there has one for the newer ones as well.
.PHONY: constraints
constraints: ## Renew constraints.txt
	@$(FIND_PYTHON); \
	rm -rf build/pins; "$$python" -m venv build/pins; \
	build/pins/bin/python -m pip install --quiet --upgrade pip; \
	build/pins/bin/python -m pip install --quiet --upgrade hatchling editables setuptools; \
	build/pins/bin/python -m pip install --quiet --no-build-isolation --editable '.[dev,spark]'; \
	{ \
		echo "# Every dependency, pinned. Renew with: make constraints PYTHON=python3.11"; \
		build/pins/bin/python -m pip list --format freeze --exclude pip --exclude parkgraph | LC_ALL=C sort -f; \
	} > build/constraints.txt; \
	mv build/constraints.txt constraints.txt; rm -rf build/pins; \
	grep -c == constraints.txt | sed 's/$$/ pins in constraints.txt/'

.PHONY: clean
clean: ## Remove what was built, .venv included
	rm -rf build dist $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis parkgraph.lbug parkgraph.lbug.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
