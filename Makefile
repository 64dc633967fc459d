# SPDX-License-Identifier: Apache-2.0
# A thin face for people; CMake does the work (see CMakePresets.json).
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
PRESET ?= release
ARTICLES ?= 200000
DESTDIR ?=
PREFIX ?= /usr/local
PORT ?= 0

.PHONY: help build run check check-long score bench coverage fuzz install clean

help:
	@echo 'make build            the program, at build/khutwa (PRESET=release)'
	@echo 'make run              build, then read the sample reports, serve their review page (PORT=N)'
	@echo 'make check            everything that a change must pass'
	@echo 'make check-long       the same with long fuzzing and every gate in full'
	@echo 'make score EVAL=DIR   measure against a folder of gold files'
	@echo 'make bench            throughput, start-up and memory over 1, 10 and 100 MB; a record of'
	@echo '                      ARTICLES=200000 articles: articles a second, size, memory, copies'
	@echo 'make coverage         branch coverage of the tests'
	@echo 'make install          DESTDIR and PREFIX are honoured'
	@echo 'make clean            remove build/'

build:
	@cmake --preset $(PRESET) >build-log.tmp 2>&1 || { cat build-log.tmp; rm -f build-log.tmp; exit 1; }
	@rm -f build-log.tmp
	@cmake --build --preset $(PRESET) -j $(JOBS) -- --quiet
	@ln -sf $(PRESET)/khutwa build/khutwa

run: build
	@build/khutwa read --text examples/reports/*
	@rm -f build/examples.khutwa
	@build/khutwa add build/examples.khutwa examples/reports/*
	@echo 'The review page of these reports (Ctrl-C ends it):'
	@build/khutwa serve --port $(PORT) build/examples.khutwa

check:
	@JOBS=$(JOBS) sh tests/check/all.sh

check-long:
	@JOBS=$(JOBS) KHUTWA_LONG=1 sh tests/check/all.sh

score: build
	@test -n "$(EVAL)" || { echo 'usage: make score EVAL=DIR (a folder of gold files)' >&2; exit 2; }
	@build/khutwa score "$(EVAL)"

bench: build
	@python3 bench/bench.py build/khutwa
	@python3 bench/ingest.py --articles $(ARTICLES) build/khutwa

coverage:
	@JOBS=$(JOBS) sh tests/check/coverage.sh

install: build
	@DESTDIR="$(DESTDIR)" cmake --install build/$(PRESET) --prefix "$(PREFIX)"

clean:
	rm -rf build
