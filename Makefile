# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
LOCKS := config/requirements
# Message ids are English, so English needs no catalogue.
LOCALES := --locale zh_Hans --locale zh_Hant
UV_VERSION := 0.13.9
# A module stays together; those that tests/conftest.py puts first begin first.
ON_EVERY_CORE := --numprocesses auto --dist loadscope --no-loadscope-reorder

export DAWEN_DATA ?= $(CURDIR)/var

.PHONY: help run dev setup test test-all lint format browser bench load messages screenshots lock clean

help: ## Say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST)

run: setup ## Set everything up and serve the site on http://127.0.0.1:8000, or DAWEN_BIND
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) first_account
	@$(BIN)/gunicorn --config config/gunicorn.py config.wsgi

dev: setup ## Serve the site for development: reloads itself, shows errors
	DAWEN_DEBUG=1 $(MANAGE) runserver 127.0.0.1:8000

# Each step does only what is still to be done, and says what it did: run again, nothing.
setup: $(VENV)/run.stamp
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_outlets --verbosity 0
	@$(MANAGE) ingest fixtures/transcripts --verbosity 0
	@$(MANAGE) index --verbosity 0

test: $(VENV)/test.stamp ## Run the tests (PostgreSQL: TEST_DATABASE_URL=postgres://...)
	$(BIN)/python -m pytest $(ON_EVERY_CORE) -m "not nightly" $(ARGS)

test-all: $(VENV)/test.stamp ## Run all of the tests, also what takes minutes
	$(BIN)/python -m pytest $(ON_EVERY_CORE) --hypothesis-profile nightly $(ARGS)

lint: $(VENV)/lint.stamp ## Check style, templates, types and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z 'templates/admin/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive archive config search staff manage.py
	$(MANAGE) makemigrations --check --dry-run

format: $(VENV)/lint.stamp ## Put code and templates into their form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	git ls-files -z 'templates/admin/*.html' | xargs -0 $(BIN)/djade --target-version 5.2

browser: $(VENV)/browser.stamp ## Run the browser tests in the system's Chromium
	$(BIN)/python -m pytest -m browser $(ON_EVERY_CORE) $(ARGS)

bench: $(VENV)/bench.stamp ## Measure the search beside other engines (quick try: ARGS="--limit 20000")
	$(BIN)/python -m tests.bench $(ARGS)
	$(BIN)/python -m tests.bench.changes

load: $(VENV)/bench.stamp ## Drive a production server with readers and editors (quick try: ARGS="--seconds 20 --rate 30")
	$(BIN)/python -m tests.bench.load $(ARGS)

messages: $(VENV)/run.stamp ## Gather and compile the interface's texts (needs gettext)
	$(MANAGE) makemessages $(LOCALES) --no-obsolete --no-location \
		--extension html,py,txt \
		--ignore '.*' --ignore tests --ignore var
	$(MANAGE) compilemessages $(LOCALES) --ignore '.venv'

screenshots: $(VENV)/browser.stamp ## Take the pictures in docs/screenshots anew
	$(BIN)/python -m tests.bench.screenshots

lock: $(VENV)/run.stamp ## Pin the newest versions that pyproject.toml allows
	$(BIN)/pip install --quiet uv==$(UV_VERSION)
	$(BIN)/python config/lock.py $(LOCKS)

clean: ## Remove the environment and everything made from sources (not $(DAWEN_DATA))
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# An environment that was left half made is made anew, whatever stamps stand in it.
$(VENV)/%.stamp: $(LOCKS)/%.txt $(wildcard $(VENV)/half)
	@config/install.sh "$(PYTHON)" $(VENV) $<
	@touch $@
