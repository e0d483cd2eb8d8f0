# Two commands for everybody: `make try` and `make test`. The rest is for people who change Seventy.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
      --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet

.PHONY: help try run test format lock playground benchmark clean

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

try: $(VENV)/ready  ## the real app on sample data, with a page in the browser in Slack's place
	@$(BIN)/python -m bot.playground

run: $(VENV)/ready  ## the app on real Slack (settings from the environment or .env)
	@$(BIN)/python -m bot

test: $(VENV)/ready-dev  ## format, lint, types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/pytest

format: $(VENV)/ready-dev  ## rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmark: $(VENV)/ready-dev  ## ratios against a floor, measured in one run
	$(BIN)/python -m benchmarks

lock: $(VENV)/ready-dev  ## refresh the locked, hashed dependencies (needs uv)
	echo setuptools | $(UV) - -o requirements.lock
	echo setuptools | $(UV) - --extra dev -c requirements.lock -o requirements-dev.lock

playground:  ## rebuild the playground's page (needs Node; users do not)
	cd bot/playground/page && npm ci && npm run build

clean:  ## remove the environment and the playground's database
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The environment is made once and again whenever the lock changes. --no-build-isolation: the build backend is locked too.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Seventy needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	@echo "Installing the tools for tests into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
