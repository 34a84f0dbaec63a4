# Few verbs; each sets up the private environment .venv that it needs.
#   make table    print Table 1
#   make test     style, types, imports and tests: the first step of CI
#   make fuzz-ci  try every property on more examples, and the reading of data files on random bytes, for a minute or two
#   make fuzz     the same for about an hour
#   make mutation-sample  change the code at a few places, and see whether a test notices
#   make mutation packages="model files" sample=150  the same at so many places of each package, or at every one
#   make browser  test the explorer in Chromium
#   make office   open documents and the export with LibreOffice and SQLite
#   make wheel    build the packages, and install and use each in an empty environment
#   make history  compare the first edition in this repository's own history with the files of today
#   make hooks-try  run the pre-commit hooks for real in a repository of data
#   make host     check what code hosts run or read: workflows, the action and its steps, CITATION.cff
#   make bench    measure every goal of speed and size, and write docs/benchmarks.md
#   make readme   check that the answers in the README are those of the shipped data (readme-write renews them)
#   make docs     build the documentation as a site
#   make derived  write the derived files again
#   make clean    remove what make has made

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: table test lint pytest fuzz fuzz-ci mutation mutation-sample browser office wheel history hooks-try host bench
.PHONY: readme readme-write docs derived clean

table: .venv/ready
	@$(BIN)/sdp matrix

test: lint pytest

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

pytest: .venv/dev
	$(BIN)/pytest -n auto

fuzz-ci: .venv/dev
	$(BIN)/pytest -q -m hypothesis --hypothesis-profile=thorough
	.ci/atheris 20

fuzz: .venv/dev
	$(BIN)/pytest -q -n auto -m hypothesis --hypothesis-profile=hour
	.ci/atheris 1800

mutation-sample: .venv/mutation
	$(BIN)/python tests/mutation/run.py --check

mutation: .venv/mutation
	$(BIN)/python tests/mutation/run.py $(packages) $(if $(sample),--sample $(sample))

browser: .venv/browser
	$(BIN)/pytest tests/browser

office: .venv/dev
	.ci/office

wheel: .venv/dev
	.ci/wheel

history: .venv/ready
	$(BIN)/sdp --data data list editions
	$(BIN)/sdp --data data changes 1.0.0 >/dev/null

hooks-try: .venv/dev
	.ci/hooks

host: .venv/dev
	.ci/workflows
	$(BIN)/pytest tests/host

bench: .venv/bench
	$(BIN)/python tests/benchmarks/bench.py

readme: .venv/ready
	$(BIN)/python docs/readme.py

readme-write: .venv/ready
	$(BIN)/python docs/readme.py --write

docs: .venv/dev
	$(BIN)/mkdocs build --strict

derived: .venv/dev
	@$(BIN)/python docs/derive.py

clean:
	rm -rf .venv build dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sdp needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv
	@$(PIP) install --upgrade pip
	@$(PIP) install --editable .
	@touch $@

.venv/all: .venv/ready
	@$(PIP) install --group browser --group mutation
	@touch .venv/dev .venv/browser .venv/mutation $@

.venv/%: .venv/ready
	@$(PIP) install --group $*
	@touch $@
