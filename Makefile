# `make chat` and `make test` are all there is to know; both set up .venv by themselves.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat test setup screenshots bench lock soak

chat: setup
	$(BIN)/rolewise serve

setup: .venv/installed
	$(BIN)/rolewise setup

test: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile

lock: .venv/tested
	$(BIN)/python scripts/lock.py

soak: .venv/tested
	$(BIN)/python scripts/soak.py

screenshots: .venv/tested setup
	$(BIN)/python scripts/screenshots.py

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("RoleWise needs Python 3.10 to 3.13" if not (3, 10) <= sys.version_info[:2] <= (3, 13) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check -c constraints.txt -e .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	touch $@

bench: .venv/tested setup
	$(BIN)/python -m bench.suite $(BENCH)
