# Few verbs; each sets up the private environment .venv that it needs.
#   make table    print Table 1
#   make test     everything CI checks: style, types, imports, tests
#   make fuzz-ci  try to break the reading of data files, and plant 250 faults, for two minutes
#   make fuzz     the same for about an hour
#   make mutation-sample  change the code at a few places, and see whether a test notices
#   make mutation packages="model files" sample=150  the same at so many places of each package, or at every one
#   make browser  test the explorer in Chromium
#   make hooks-try  run the pre-commit hooks for real in a repository of data
#   make host     check what code hosts run: workflows, the action and its steps, CITATION.cff
#   make bench    measure every goal of speed and size, and write docs/benchmarks.md
#   make readme   check that the answers in the README are those of the shipped data (readme-write renews them)
#   make docs     build the documentation as a site
#   make office   open documents and the export with LibreOffice and SQLite
#   make derived  write the derived files again
#   make clean    remove what make has made

PYTHON ?= python3
BIN := .venv/bin

.PHONY: table test lint pytest fuzz fuzz-ci mutation mutation-sample browser docs readme readme-write hooks-try host bench office derived clean

table: .venv/ready
	@$(BIN)/sdp matrix

test: lint pytest

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

pytest: .venv/dev
	$(BIN)/pytest -n auto $(if $(CI),-m 'slow or not slow')

fuzz-ci: .venv/dev
	SDP_FUZZ_EXAMPLES=250 $(BIN)/pytest -q tests/files/test_robustness.py
	SDP_FUZZ_EXAMPLES=250 $(BIN)/pytest -q tests/validation/test_planted_faults.py
	.ci/atheris 20

fuzz: .venv/dev
	SDP_FUZZ_EXAMPLES=30000 $(BIN)/pytest -q tests/files/test_robustness.py
	.ci/atheris 1800

mutation-sample: .venv/mutation
	$(BIN)/python tests/mutation/run.py --check

mutation: .venv/mutation
	$(BIN)/python tests/mutation/run.py $(packages) $(if $(sample),--sample $(sample))

docs: .venv/docs
	$(BIN)/mkdocs build --strict

readme: .venv/ready
	$(BIN)/python docs/readme.py

readme-write: .venv/ready
	$(BIN)/python docs/readme.py --write

browser: .venv/browser
	$(BIN)/pytest tests/browser

hooks-try: .venv/dev
	.ci/hooks

host: .venv/host
	.ci/workflows
	$(BIN)/pytest tests/host
	.ci/citation

bench: .venv/dev
	$(BIN)/python tests/benchmarks/startup.py
	$(BIN)/python tests/benchmarks/scale.py
	$(BIN)/python tests/benchmarks/validate.py

office: .venv/dev
	@.ci/office

derived: .venv/dev
	@$(BIN)/python docs/derive.py

clean:
	rm -rf .venv dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sdp needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --upgrade pip
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --editable .
	@touch $@

.venv/all: .venv/ready
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --editable ".[all]" --group browser --group docs --group host --group mutation
	@touch .venv/dev .venv/browser .venv/docs .venv/host .venv/mutation $@

.venv/docs: .venv/ready
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --group docs
	@touch $@

.venv/host: .venv/ready
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --group host
	@touch $@

.venv/browser: .venv/ready
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --group browser
	@touch $@

.venv/mutation: .venv/ready
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --group mutation
	@touch $@

.venv/dev: .venv/ready
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --group dev
	@touch $@
