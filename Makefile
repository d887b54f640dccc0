# The commands of CI, and those that make what is in the repository. `make all` is what must pass.
# Set up first: ./run setup, then `. .venv/bin/activate` or BIN=.venv/bin/ (with the slash).

BIN ?=
PYTHON = $(BIN)python
DATA ?= ../shared/bench
BROWSER ?= chromium
STORY ?= harbour

.PHONY: all lint types test quality bench demo picture reference clean

all: lint types test quality

lint:
	$(BIN)ruff check .
	$(BIN)ruff format --check .

types:
	$(BIN)mypy

test:
	$(PYTHON) -m pytest

quality:
	$(PYTHON) -m quality.gate --data $(DATA)

bench:
	$(PYTHON) -m benchmarks.encoding --data $(DATA)
	$(PYTHON) -m benchmarks.compare
	$(PYTHON) -m benchmarks.startup

demo:
	./run demo $(STORY)

# docs/report.png, the picture in the README.
picture:
	$(PYTHON) -m retold.cli compare --quiet examples/$(STORY) --reader en,de -o picture.retold.html
	$(BROWSER) --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
	    --window-size=1200,1100 --screenshot=docs/report.png picture.retold.html
	rm picture.retold.html

# docs/cli.md, from the commands themselves.
reference:
	$(PYTHON) -m retold.cli.reference > docs/cli.md

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.retold.html
