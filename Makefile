# One command each. `make` alone lists them.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Where plans are read from and results are written to; another corpus is another folder.
DATA_DIR ?= data
export IP_PLANS_DATA_DIR := $(abspath $(if $(IP_PLANS_DATA_DIR),$(IP_PLANS_DATA_DIR),$(DATA_DIR)))

# Further arguments: make run BUILD_ARGS=..., make test PYTEST_ARGS='-k numerals'.
BUILD_ARGS ?=
PYTEST_ARGS ?=
# make lock UPGRADE=1 takes the newest versions; without it, locked versions are kept where they still fit.
UPGRADE ?=
# How long make fuzz looks.
FUZZ_SECONDS ?= 3600

VENV := $(CURDIR)/.venv
# dagster-dbt starts `dbt` by name, so the environment must come first on PATH.
export PATH := $(VENV)/bin:$(PATH)
# An environment of the calling shell would otherwise be the one that uv, dg and Jupyter look at.
export VIRTUAL_ENV := $(VENV)
unexport PYTHONPATH PYTHONHOME

export DBT_PROJECT_DIR := $(CURDIR)/dbt
export DBT_PROFILES_DIR := $(CURDIR)/dbt

# Nothing about a plan, a user or a machine is reported to anyone.
export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export DAGSTER_DG_UPDATE_CHECK_ENABLED := 0
export GX_ANALYTICS_ENABLED := false

# Set-up writes this file only where no Chinese font is installed; it is looked for when a recipe runs, after set-up.
WITH_FONTS = if [ -f "$(VENV)/fonts.conf" ]; then export FONTCONFIG_FILE="$(VENV)/fonts.conf"; fi;

.PHONY: help
help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup:  ## install what the pipeline needs into .venv (installs nothing the second time)
	@scripts/setup.sh main

.PHONY: setup-dev
setup-dev:  ## the same, and the tools for testing and checking
	@scripts/setup.sh dev

.PHONY: setup-ocr
setup-ocr: setup  ## also install what reads scanned PDFs (some 400 MB)
	@scripts/setup.sh ocr

.PHONY: setup-spark
setup-spark: setup  ## also install Apache Spark, and Java where it is missing (some 450 MB)
	@scripts/setup.sh spark

.PHONY: run
run: setup  ## read the plans and build tables and figures under data/marts
	@$(WITH_FONTS) ip-plans build $(BUILD_ARGS)

.PHONY: test
test: setup-dev  ## run the tests, but for those that need a service or many minutes
	@$(WITH_FONTS) pytest -m "not services and not torture" --numprocesses 2 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

.PHONY: test-services
test-services: setup-dev  ## run the long tests: real daemon, schedule and sensors; Apache Spark
	@scripts/setup.sh spark
	@scripts/setup.sh office  # which shows Word files as their readers see them
	@pytest -m services -o faulthandler_timeout=900 $(PYTEST_ARGS)

.PHONY: torture
torture: setup-dev  ## kill, starve and hinder builds for an hour or more; writes the table of docs/reliability.md
	@IP_PLANS_TORTURE_TABLE=1 pytest -m torture -o faulthandler_timeout=0 $(PYTEST_ARGS)

.PHONY: fuzz
fuzz:  ## look for an hour for texts and patterns that break reading (FUZZ_SECONDS=...)
	@scripts/setup.sh safety
	@.venv-safety/bin/python tests/fuzz/fuzz.py --seconds $(FUZZ_SECONDS) --found "$$IP_PLANS_DATA_DIR/.work/fuzz"
	@.venv-safety/bin/python tests/fuzz/pump.py

.PHONY: sbom
sbom:  ## list all parts of the program with their hashes, from the lock (CycloneDX): dist/sbom.cdx.json
	@scripts/setup.sh safety
	@mkdir -p dist
	@.venv-safety/bin/cyclonedx-py requirements requirements/main.txt --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file dist/sbom.cdx.json 2>/dev/null
	@echo dist/sbom.cdx.json

.PHONY: bench
bench:  ## measure speed beside other tools, write benchmarks/results.md (some minutes)
	@scripts/setup.sh benchmarks
	@.venv-benchmarks/bin/python benchmarks/speed.py

.PHONY: lint
lint: setup-dev  ## check style, types and SQL
	ruff check .
	ruff format --check .
	mypy
	sqlfluff lint --disable-progress-bar dbt

.PHONY: format
format: setup-dev  ## put code and SQL into the common form
	ruff check --fix-only .
	ruff format .
	sqlfluff format --disable-progress-bar dbt

.PHONY: notebooks
notebooks:  ## open the notebooks in JupyterLab on this machine
	@scripts/setup.sh notebooks
	@PATH="$(CURDIR)/.venv-notebooks/bin:$$PATH" VIRTUAL_ENV="$(CURDIR)/.venv-notebooks" \
		exec jupyter lab --notebook-dir notebooks $$([ "$$(id -u)" != 0 ] || echo --allow-root)

.PHONY: dictionary
dictionary: setup  ## write docs/data_dictionary.md anew from dbt's descriptions
	@python -m dagster_project.warehouse.dictionary

.PHONY: weights
weights:  ## learn anew from the coded texts what the words around a figure tell of its kind (JUDGE=--judge: and how well)
	@scripts/setup.sh weights
	@.venv-weights/bin/python scripts/learn_weights.py $(JUDGE)

.PHONY: pictures
pictures: setup  ## draw the pictures of the README anew, from the release in the data folder
	@$(WITH_FONTS) python scripts/pictures.py "$$IP_PLANS_DATA_DIR"

.PHONY: schema
schema: setup  ## write the published columns into dagster_project/release/schema.json, and raise their version if it must be
	@python -m dagster_project.release.schema

.PHONY: ui
ui: setup  ## open Dagster's web interface on 127.0.0.1:3000, with schedule and sensors on
	@$(WITH_FONTS) exec ip-plans ui

# Without its header and index lines a lock says the same on every machine. The later files take the versions of main,
# so that one environment can serve more than one of them.
COMPILE = compile() { "$$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
	"$$@" >/dev/null; };

.PHONY: lock
lock:  ## resolve pyproject.toml into requirements/*.txt (UPGRADE=1: newest versions)
	@uv=$$(scripts/setup.sh uv); $(COMPILE) \
	compile pyproject.toml --output-file requirements/main.txt; \
	for group in dev notebooks benchmarks safety weights; do \
		compile pyproject.toml --group $$group --constraints requirements/main.txt \
			--output-file requirements/$$group.txt; \
	done; \
	for extra in ocr spark; do \
		compile pyproject.toml --extra $$extra --constraints requirements/main.txt \
			--output-file requirements/$$extra.txt; \
	done; \
	compile --group uv --output-file requirements/uv.txt

.PHONY: clean
clean:  ## remove what was built and the tools' caches; the environments and the locks stay
	@find "$$IP_PLANS_DATA_DIR/marts" -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} + 2>/dev/null || true
	@rm -rf "$$IP_PLANS_DATA_DIR/.work" dbt/target dbt/logs dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find dagster_project tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

.PHONY: distclean
distclean: clean  ## also remove the environments
	@rm -rf .venv .venv-notebooks .venv-benchmarks .venv-safety .venv-weights .tools
