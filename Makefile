# Every target prepares what it needs: a Linux machine with Python 3.11 and make is enough.
# `.venv-boot` holds uv alone; uv then makes `.venv` exactly as `uv.lock` says.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test browsers servers bench clean lint lint-style lint-format lint-types lint-layers

UV_VERSION := 0.13.9
BOOT := .venv-boot/uv-$(UV_VERSION)
UV := $(BOOT)/bin/uv
BIN := .venv/bin
READY := .venv/ready

# What the reader of an error on a fresh machine needs to know.
define NO_PYTHON
Duly needs Python 3.11 or newer, and found neither as `python3.11` nor as `python3`.
Install it (Debian, Ubuntu: apt install python3.11 python3.11-venv), or name it: make setup PYTHON=/path/to/python
endef
define NO_VENV
This Python cannot make virtual environments: its module `ensurepip` is missing.
Install it (Debian, Ubuntu: apt install python3-venv), or name another Python: make setup PYTHON=/path/to/python
endef
export NO_PYTHON NO_VENV

help:
	@echo 'make demo    start everything with a sample company and a mailbox'
	@echo 'make test    run the tests'
	@echo 'make lint    check style, types and the layers of the code'
	@echo 'make bench   run the benchmarks'
	@echo 'make browsers  install the browser that some tests need, as root'
	@echo 'make servers  install the mail server that some tests need, as root'
	@echo 'make setup   only prepare the environment in .venv'
	@echo 'make clean   remove everything that these targets made'

setup: $(READY)

# ARGS passes options on: make demo ARGS="--speed 60"
demo: $(READY)
	@$(BIN)/duly demo $(ARGS)

# ARGS passes options on: make test ARGS="-k deadline -x"
test: $(READY) browsers servers
	$(BIN)/pytest --ignore=tests/benchmarks $(ARGS)

# The browser that the tests of the pages drive, and a font with Chinese characters. Where it is missing and cannot be
# installed from here, those tests fail and say what to do.
browsers:
	@for one in chromium chromium-browser google-chrome; do command -v $$one >/dev/null && exit 0; done; \
	[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0; \
	apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null || true

# The IMAP server that the tests of the inbox start for themselves; RUNLEVEL=1 keeps Debian from starting another one.
# Where it is missing and cannot be installed from here, those tests fail and say what to do.
servers:
	@PATH="$$PATH:/usr/sbin" command -v dovecot >/dev/null && exit 0; \
	[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0; \
	apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq dovecot-imapd >/dev/null || true

bench: $(READY) servers
	$(BIN)/pytest tests/benchmarks $(ARGS)

# Four targets, so that `make --keep-going lint` shows what every one of them has to say.
lint: lint-style lint-format lint-types lint-layers

lint-style: $(READY)
	$(BIN)/ruff check .

lint-format: $(READY)
	$(BIN)/ruff format --check .

lint-types: $(READY)
	$(BIN)/mypy

lint-layers: $(READY)
	$(BIN)/lint-imports --no-logo

clean:
	rm -rf .venv .venv-boot .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks build dist
	find duly engine flows models notifications store tasks tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml uv.lock $(UV)
	@echo 'Preparing .venv as uv.lock says ...'
	@# The Python that made .venv-boot, and no other: uv must neither search for one nor download one.
	@UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --quiet --locked --compile-bytecode --python $(BOOT)/bin/python
	@# Compiled now, so that the first command is as fast as the second, also where PYTHONDONTWRITEBYTECODE is set.
	@$(BIN)/python -m compileall -q duly engine flows models notifications store tasks web
	@touch $@

$(UV):
	@echo 'Installing uv $(UV_VERSION) in .venv-boot ...'
	@rm -rf .venv-boot
	@for python in $(or $(PYTHON),python3.11 python3); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || { echo "$$NO_VENV" >&2; exit 1; }; \
		"$$python" -m venv $(BOOT) || exit 1; \
		$(BOOT)/bin/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'; \
		exit $$?; \
	done; echo "$$NO_PYTHON" >&2; exit 1
