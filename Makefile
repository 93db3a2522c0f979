# The few things one does with this house. `make help` tells them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help setup demo test bench bench-figures bench-matching bench-mornings bench-pages docs pictures house system

# The Python of the distribution first: it was built with what running it taught, and is a sixth faster than one
# that was compiled without. Another one is named with PYTHON=.
FIT := -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell /usr/bin/python3 $(FIT) && echo /usr/bin/python3 || echo python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --no-compile
RUN := .venv/.run-is-installed
DEV := .venv/.dev-is-installed
# The rivals in the benchmark stay apart from what runs and what is tested.
RIVALS := .venv/rivals/.is-installed
WORDS := gib/portal/locale/en/LC_MESSAGES/django
# A house of a test is a few processes of its own, and each would compile every module again where a shell says
# that compiled ones may not be kept.
unexport PYTHONDONTWRITEBYTECODE
# What a class or a file sets up stays with one worker: the rows of a class, the served house of a story.
# The order is ours (tests/services/lanes.py): what takes longest goes first, so that no worker waits at the end.
# Identifiers and the order of sets are the same in each run, so that a run that is green stays green.
PYTEST := PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 --no-loadscope-reorder
# The full reference files are larger than a repository wants: they are used where they stand.
REFERENCE := $(abspath $(wildcard ../shared/data))
ifneq ($(REFERENCE),)
export GIB_REFERENCE_DIR ?= $(REFERENCE)
endif
say = @printf '\n== %s\n'

help: ## tell what can be made here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

setup: $(RUN) ## make the virtual environment in .venv

demo: setup ## build the demonstration world and serve it; prints the address
	$(BIN)/gib demo

house: $(DEV) ## print the sizes of the code beside their gates
	$(BIN)/gib house

docs: $(DEV) ## build the documentation; any warning is an error
	GIB_TESTING=1 $(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

pictures: system $(DEV) $(WORDS).mo ## follow the tutorial in a browser and take its pictures again
	GIB_TEST_PICTURES=1 $(BIN)/python -m pytest -n 0 tests/journeys/test_first_day.py

bench: $(DEV) ## print how long the first and the second start of the demonstration take
	$(BIN)/python -m tests.services.bench

bench-figures: $(DEV) ## print what the figures of a year cost over 200,000 contacts, beside a plain aggregate
	$(BIN)/python -m tests.services.bench_figures

bench-matching: $(RIVALS) ## print how the matching engine does beside OR-Tools, SciPy and working by hand
	.venv/rivals/bin/python -m tests.services.bench_matching

bench-mornings: $(RIVALS) ## print how plans of mornings and calendars do beside OR-Tools and working by hand
	.venv/rivals/bin/python -m tests.services.bench_mornings

bench-pages: system $(DEV) ## print what the busiest pages cost once and 700 times as large, on both databases (GIB_BENCH_SCALE)
	$(BIN)/python -m tests.services.bench_pages

test: system $(DEV) $(WORDS).mo ## everything: lint, types, contracts, both databases, browser, docs
	$(say) "lint"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(say) "types"
	GIB_TESTING=1 $(BIN)/mypy
	$(say) "import contracts"
	$(BIN)/lint-imports
	$(say) "tests on SQLite"
	$(PYTEST) --dist loadscope -m "not journey"
	$(say) "tests on PostgreSQL"
	GIB_TEST_DB=postgres $(PYTEST) --dist loadscope -m "not journey"
	$(say) "journeys in the browser"
	$(PYTEST) --dist loadfile -m journey
	$(say) "documentation"
	$(MAKE) --no-print-directory docs
	$(say) "all green"

system:
	@$(PYTHON) -m tests.services.system

$(RUN): requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "This needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This needs the venv module of Python: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes --no-deps -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(PIP) --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

$(RIVALS): requirements/bench.txt $(RUN)
	$(PYTHON) -m venv .venv/rivals
	.venv/rivals/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes --no-deps -r requirements/bench.txt
	@touch $@

$(WORDS).mo: $(WORDS).po $(RUN)
	DJANGO_SETTINGS_MODULE=config.settings $(BIN)/python -c \
		"from gib.portal.commands.stores import compile_messages; compile_messages()"
