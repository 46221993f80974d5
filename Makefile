# Kho Báo. A machine needs Python 3.11 or newer and make, nothing else.
#
#   make run       sets up, indexes the sample corpus, serves the page and prints its address
#   make test      sets up what tests need, checks the code and runs every test
#   make lint      the checks alone
#   make quick     while you work: the checks of what changed, and the tests that need no browser, no other
#                  process and no real corpus
#   make coverage  every test, and the share of each package that they run; takes twice as long as make test
#   make mutants   the share of 400 changes of the code, drawn by seed, that the tests notice; takes an hour
#   make lowest    a part of the tests with the lowest versions that pyproject.toml allows; needs uv
#   make licences  writes the column of licences in docs/dependencies.md
#   make pictures  takes the pictures of docs/tour.md; needs Chromium
#   make locks     writes the lock files; needs uv
#   make clean     removes what all targets made
#
# Measurements over real corpora, which need ../shared.
#
#   make bench     the figures of docs/performance.md, into build/bench; takes an hour or more, needs wrk
#   make relevance judged queries over real corpora, with peers, into build/bench/relevance.md
#
# Slow proofs.
#
#   make twice     what an earlier Kho Báo imported is known again, article by article; needs ../shared
#   make words     every word of both corpora is cut as underthesea cuts it; needs ../shared
#   make units DATA=folder  230 queries, and 2,000 fragments of an archive's headlines, are cut into what is meant
#   make api       10,000 generated requests are answered as the API's description says
#   make odd-requests DATA=folder  none of 10,000 generated requests of every address ends in a fault of the program
#   make hostile-queries DATA=folder  none of 20,000 generated queries over an archive exceeds its budget
#   make conditional  20,000 conditional requests while articles are added: no answer has the tag of another state
#   make attack DATA=folder  slow, endless, idle and slowest clients at once, and a reader beside them who must not notice
#   make differential  answers to 5,000 generated queries over the sample are what a plain scan finds; with
#                  DATA=folder, to 1,000 over its articles
#   make crash     imports that are killed 300 times end like one that is not; 50 kills of every other command
#   make power-loss  every operation of every command is recorded, and the power fails after each; needs a C compiler
#   make faults    every operation of every command fails once with each of three errors; needs a C compiler
#   make upgrades  upgrades of an index of the format before, killed 50 times, lose no answer
#   make damage    of a changed byte in each of 200 places of every file, none is answered wrongly unsaid
#   make kernels   the loops in C read 5,000 damaged segments under AddressSanitizer; needs gcc
#   make kernel-agreement DATA=folder  loops and numpy answer 5,000 pages over an archive alike, to the bit
#   make pins DATA=folder  an earlier state of a copy of an archive answers as it did then, after 100 imports
#   make exports DATA=folder  a copy of an archive is taken away whole, broken off, withdrawn from, and proven each time
#   make counting DATA=folder  hits of 200 phrases are those of a plain scan of an archive; what counting them costs
#   make hostile   every reader survives generated hostile files; the report goes into build/hostile.md

VENV ?= .venv
DATA ?= khobao-data
PORT ?= 8080
BIN  := $(VENV)/bin

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$python >/dev/null 2>&1 \
	&& $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$python && break; done)

SAMPLE := $(shell find corpus/sample -type f)

.PHONY: run test lint quick coverage mutants lowest licences bench relevance twice words units api odd-requests conditional attack hostile-queries differential crash power-loss faults upgrades damage kernels kernel-agreement pins exports counting hostile pictures locks clean
.DELETE_ON_ERROR:

run: $(DATA)/.sample
	@$(BIN)/python -m indexer.kernels.compiling
	@exec $(BIN)/khobao serve --data $(DATA) --port $(PORT)

test: lint
	@$(BIN)/python -m indexer.kernels.compiling
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --verbose=false 2>/dev/null || $(BIN)/lint-imports --no-cache

# What differs from the main branch, committed or not; everything where there is no such branch.
CHANGED = $(shell git diff --name-only --diff-filter=d $$(git merge-base HEAD main 2>/dev/null || git hash-object -t tree /dev/null) -- '*.py' 2>/dev/null; \
	git ls-files --others --exclude-standard -- '*.py' 2>/dev/null)

quick: $(VENV)/.test
	@test -z "$(CHANGED)" || $(BIN)/ruff check $(CHANGED)
	@test -z "$(CHANGED)" || $(BIN)/ruff format --check $(CHANGED)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --verbose=false 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/python -m pytest -q -m "not slow" --hypothesis-profile=quick -n 2 --dist loadfile --no-loadscope-reorder

coverage: $(VENV)/.test
	@mkdir -p build
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage json --quiet -o build/coverage.json
	@$(BIN)/python -m benchmarks.covered build/coverage.json

mutants: $(VENV)/.test
	@$(BIN)/python -m benchmarks.mutants --out build/mutants.md

licences: $(VENV)/.test
	@$(BIN)/python -m benchmarks.licences

# Every library at its lowest: first with what tests ask for, then what runs alone, which asks for less of lxml.
LOWEST := build/lowest/bin/python
LOWEST_TESTS := tests/grammar tests/matching tests/browse tests/correction tests/corpus/test_readers_*.py \
	tests/corpus/test_html_whole.py tests/programs tests/web/test_pages.py tests/journey/test_command.py

lowest:
	@uv venv --quiet --clear --python $(PYTHON) build/lowest
	@uv pip compile --quiet --resolution lowest-direct pyproject.toml --group test requirements/build.in \
		-o build/lowest-test.txt >/dev/null
	@uv pip compile --quiet --resolution lowest-direct pyproject.toml requirements/build.in \
		-o build/lowest-run.txt >/dev/null
	@uv pip install --quiet --compile-bytecode --python $(LOWEST) -r build/lowest-test.txt
	@uv pip install --quiet --compile-bytecode --python $(LOWEST) --no-deps -r build/lowest-run.txt
	@uv pip install --quiet --python $(LOWEST) --no-deps --no-build-isolation --editable .
	@$(LOWEST) -m pytest -q $(LOWEST_TESTS)

# Peers are measured from an environment of their own; nothing here goes into a user's.
BENCH_VENV ?= .venv-bench
BENCH := $(BENCH_VENV)/bin/python -m benchmarks

bench: $(BENCH_VENV)/.installed
	@rm -rf build/bench/data build/bench/search build/bench/peer_pages
	@$(BENCH_VENV)/bin/python -m indexer.kernels.compiling
	@$(BENCH).loading --data build/bench/data --out build/bench/loading.md
	@$(BENCH).search --out build/bench/search.md
	@$(BENCH).search --engines "Kho Báo,Whoosh" --articles 10000 --out build/bench/whoosh.md
	@$(BENCH).growth --out build/bench/growth.md --svg build/bench/growth.svg
	@$(BENCH).pages --data build/bench/data --soak --out build/bench/pages.md
	@$(BENCH).peer_pages "Kho Báo=.:build/bench/data" --rebuild --work build/bench/peer_pages \
		--out build/bench/peer_pages.md

$(BENCH_VENV)/.installed: requirements/bench.lock pyproject.toml
	@$(MAKE) --no-print-directory VENV=$(BENCH_VENV) LOCK=requirements/bench.lock $(BENCH_VENV)/.installed-run
	@echo '*' > $(BENCH_VENV)/.gitignore
	@touch $@

relevance: $(BENCH_VENV)/.installed
	@$(BENCH).relevance --out build/bench/relevance.md

twice: $(VENV)/.test
	@$(BIN)/python -m benchmarks.twice ../shared/corpora ../shared/pages ../shared/warc ../shared/seed ../shared/cases

words: $(VENV)/.test
	@$(BIN)/python -m benchmarks.words ../shared/corpora/baomoi-2013.jsonl.xz
	@$(BIN)/python -m benchmarks.words ../shared/corpora/vietnews-105k.jsonl.xz

units: $(VENV)/.test
	@$(BIN)/python -m benchmarks.units --data $(DATA) --out build/units.md

api: $(VENV)/.test
	@KHOBAO_API_EXAMPLES=1700 $(BIN)/python -m pytest tests/programs -k breaks

odd-requests: $(VENV)/.test
	@$(BIN)/python -m benchmarks.odd_requests --data $(DATA)

hostile-queries: $(VENV)/.test
	@$(BIN)/python -m benchmarks.hostile_queries --data $(DATA) --readers

attack: $(VENV)/.test
	@$(BIN)/python -m benchmarks.attack --data $(DATA) --out build/attack.md

differential: $(VENV)/.test
	@$(BIN)/python -m benchmarks.differential $(if $(filter command line,$(origin DATA)),--data $(DATA) --count 1000,)

# The pictures of docs/tour.md, of the sample corpus, with Debian's Chromium.
pictures: $(VENV)/.test
	@$(BIN)/python -m benchmarks.pictures docs/images

conditional: $(VENV)/.test
	@$(BIN)/python -m benchmarks.conditional

crash: $(VENV)/.test
	@$(BIN)/python -m benchmarks.crash

upgrades: $(VENV)/.test
	@$(BIN)/python -m benchmarks.upgrading

damage: $(VENV)/.test
	@mkdir -p build
	@$(BIN)/python -m benchmarks.damage --out build/damage.md
power-loss: $(VENV)/.test
	@$(BIN)/python -m benchmarks.power_loss

faults: $(VENV)/.test
	@$(BIN)/python -m benchmarks.faults

kernels: $(VENV)/.test
	@$(BIN)/python -m benchmarks.kernel_damage --rounds 5000

kernel-agreement: $(VENV)/.test
	@$(BIN)/python -m indexer.kernels.compiling
	@$(BIN)/python -m benchmarks.kernel_agreement $(DATA)

pins: $(VENV)/.test
	@$(BIN)/python -m benchmarks.pins --data $(DATA)

exports: $(VENV)/.test
	@$(BIN)/python -m indexer.kernels.compiling
	@$(BIN)/python -m benchmarks.exports --data $(DATA)

counting: $(VENV)/.test
	@$(BIN)/python -m indexer.kernels.compiling
	@$(BIN)/python -m benchmarks.trend_rows --data $(DATA)
	@$(BIN)/python -m benchmarks.counting --data $(DATA)

hostile: $(VENV)/.test
	@$(BIN)/python -m benchmarks.hostile --out build/hostile.md

$(DATA)/.sample: $(SAMPLE) | $(VENV)/.run
	@$(BIN)/khobao add corpus/sample --data $(DATA)
	@touch $@

# The test environment is the run environment and more; either serves `make run`.
$(VENV)/.run: requirements/run.lock pyproject.toml
	@$(MAKE) --no-print-directory LOCK=requirements/run.lock $(VENV)/.installed-run
	@touch $@

$(VENV)/.test: requirements/test.lock requirements/whoosh3.lock pyproject.toml
	@$(MAKE) --no-print-directory LOCK=requirements/test.lock $(VENV)/.installed-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		--upgrade --target $(VENV)/whoosh3 -r requirements/whoosh3.lock
	@touch $@ $(VENV)/.run

.PHONY: $(VENV)/.installed-run $(VENV)/.installed-test
$(VENV)/.installed-run $(VENV)/.installed-test:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 2; }
	@test -x $(BIN)/python || { echo "Setting up $(VENV) with $(PYTHON) …"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing $(LOCK) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

# Writes the lock files anew from pyproject.toml; needs uv (https://docs.astral.sh/uv/).
locks:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header \
		pyproject.toml requirements/build.in -o requirements/run.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header \
		pyproject.toml --group test requirements/build.in -c requirements/run.lock -o requirements/test.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header \
		pyproject.toml requirements/build.in requirements/bench.in -c requirements/run.lock \
		-o requirements/bench.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-deps \
		requirements/whoosh3.in -o requirements/whoosh3.lock

clean:
	rm -rf $(VENV) $(BENCH_VENV) $(DATA) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
