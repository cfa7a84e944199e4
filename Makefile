# Every target works on a fresh clone: what is missing is installed into .venv first.
PYTHON ?= python3
TORCH  ?= cpu
EVALS  ?= $(if $(wildcard ../shared/eval),../shared/eval,tests/evals)
# How many processes run tests side by side.
WORKERS ?= 2
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(BIN)/dataset-assistant
STAMP  := pyproject.toml constraints.txt scripts/install.py

.DEFAULT_GOAL := help
.PHONY: help chat demo test evals bench screenshots mutate lint types install clean

help: ## show this help
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'
	@echo "  Settings: PORT=8001 (chat), EVALS=folder (evals), WORKERS=4 (test), TORCH=gpu (install), PYTHON=python3.12 (install)"

chat: $(VENV)/.installed ## start the chat: install, fill the starter catalogue, index it, serve it
	@$(RUN) sync starter --index --quiet
	@$(RUN) serve

demo: $(VENV)/.installed ## a small catalogue site with the widget on every page, and the server
	@$(RUN) sync starter --index --quiet
	@$(BIN)/python scripts/demo.py

# Bytecode is written, whatever the machine's wish: a hundred processes read the same modules.
test: $(VENV)/.installed-test ## run the tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(WORKERS) --dist loadfile

soak: $(VENV)/.installed-test ## file and decide under load on both databases, with servers and workers killed
	@$(BIN)/python -m tests.soak.run

evals: $(VENV)/.installed-test ## measure the quality of answers; EVALS=folder of sets
	@$(BIN)/python -m tests.evals.run $(EVALS)

bench: $(VENV)/.installed-test ## measure speed and memory
	@$(BIN)/python -m bench

screenshots: $(VENV)/.installed-test ## take pictures of the chat in ten states, into screenshots/
	@$(BIN)/python -m scripts.screenshots

mutate: $(VENV)/.installed-test ## flip each clause of the licence table, count what the tests notice
	@$(BIN)/python scripts/mutate_licences.py

lint: $(VENV)/.installed-test ## check style, format and the page of licences
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python scripts/licences_page.py --check

types: $(VENV)/.installed-test ## check the types
	@$(BIN)/mypy

install: $(VENV)/.installed-test ## only install, tests included

clean: ## remove the virtual environment and caches, keep the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.installed: $(STAMP)
	@$(PYTHON) scripts/install.py --venv $(VENV) --torch $(TORCH)
	@touch $@

$(VENV)/.installed-test: $(STAMP)
	@$(PYTHON) scripts/install.py --venv $(VENV) --torch $(TORCH) --extra test --extra tables
	@touch $(VENV)/.installed $@
