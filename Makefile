# What one does with this project. `make help` lists it. Everything is written under var/
# (CMS_VAR_DIR=… changes that); PYTHON=… names the Python to use, else 3.13 or 3.12 is found.

export CMS_VAR_DIR := $(abspath $(or $(CMS_VAR_DIR),var))
export PYTHON
# Nothing is written beside the sources; the installed packages are compiled when installed.
export PYTHONDONTWRITEBYTECODE := 1
export PYTHONUNBUFFERED := 1
export RUFF_CACHE_DIR := $(CMS_VAR_DIR)/cache/ruff
export MYPY_CACHE_DIR := $(CMS_VAR_DIR)/cache/mypy

# In continuous integration both Pythons are tried: one with each database system.
SQLITE_PYTHON := $(if $(filter true 1,$(CI)),3.12)

# `$(call in,base|dev[,VERSION])` is a shell command that sets $$python, or ends the recipe.
in = python=$$(sh scripts/environment.sh $(1) $(2))
SOURCES := cms scripts tests $(wildcard search benchmarks) manage.py $(wildcard conftest.py)
# With an Elasticsearch that starts and ends with them.
PYTEST := "$$python" -m scripts.elasticsearch "$$python" -m pytest -n auto --dist loadgroup \
	-o cache_dir=$(CMS_VAR_DIR)/cache/pytest

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-sqlite test-postgres test-python services lint format lock bench \
	search-eval fuzz soak clean

help: ## List what can be done
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## Set up what is missing and serve admin, API and worker on 127.0.0.1 (PORT=8000)
	@$(call in,base) && exec "$$python" -m scripts.run

test: lint services test-sqlite test-postgres ## Check and test everything, on SQLite and on PostgreSQL

test-sqlite: ## Run the tests on SQLite (ARGS="-k name" chooses)
	@$(call in,dev,$(SQLITE_PYTHON)) && $(PYTEST) $(ARGS)

test-postgres: ## Run the tests on a PostgreSQL of their own
	@$(call in,dev) && "$$python" -m scripts.postgres $(PYTEST) $(ARGS)

test-python: test-sqlite ## Run the tests on another Python: make test-python PYTHON=python3.12

services: ## Install PostgreSQL, Chromium and Elasticsearch for the tests where they are missing
	@$(call in,dev) && "$$python" -m scripts.services && "$$python" -m scripts.elasticsearch

lint: ## Check style, types, imports, migrations, translations and production settings
	@$(call in,dev,$(SQLITE_PYTHON)) && PYTHON="$$python" sh scripts/lint.sh $(SOURCES)

format: ## Bring the sources into the agreed form
	@$(call in,dev) && "$$python" -m ruff check --fix --quiet $(SOURCES); "$$python" -m ruff format $(SOURCES)

lock: ## Write requirements/ anew from pyproject.toml (UPGRADE=1 takes the newest that fit)
	@$(call in,dev) && PYTHON="$$python" sh scripts/lock.sh $(if $(UPGRADE),--upgrade)

bench: ## Measure against plain Wagtail, grapple and the server's limit (results under var/)
	@$(call in,dev) || exit; status=0; "$$python" -m benchmarks $(ARGS) || status=$$?; \
	"$$python" -m benchmarks.hot || status=$$?; \
	"$$python" -m scripts.elasticsearch --whole "$$python" -m benchmarks.searching || status=$$?; \
	"$$python" -m benchmarks.translation || status=$$?; \
	exit $$status

fuzz: ## Ask REST and GraphQL at least 5,000 generated requests each (FUZZ_CASES=50000 for more)
	@$(call in,dev) && FUZZ_CASES=$(or $(FUZZ_CASES),5000) "$$python" -m pytest -q -s \
	-o cache_dir=$(CMS_VAR_DIR)/cache/pytest tests/delivery/test_description.py \
	tests/graphql/test_generated.py -k "answers_are_as_described or no_query_fails" $(ARGS)

search-eval: ## Ask judged queries of a fresh portal and print how well search finds
	@$(call in,dev) && "$$python" -m scripts.elasticsearch "$$python" -m benchmarks.search_quality $(ARGS)

soak: ## Run a site under load for a long time, kill its worker 100 times, rebuild search, translate at random
	@$(call in,dev) && "$$python" -m benchmarks.soak $(ARGS) && "$$python" -m benchmarks.kills && \
	"$$python" -m scripts.elasticsearch "$$python" -m benchmarks.searching.soak && \
	TRANSLATION_SEQUENCES=$(or $(TRANSLATION_SEQUENCES),1000) "$$python" -m pytest -q \
	-o cache_dir=$(CMS_VAR_DIR)/cache/pytest tests/translation/test_nothing_is_lost.py

clean: ## Remove caches, test data and environments; keep the portal's database and uploads
	rm -rf "$(CMS_VAR_DIR)/venv" "$(CMS_VAR_DIR)/cache" "$(CMS_VAR_DIR)/test" "$(CMS_VAR_DIR)/locale"
