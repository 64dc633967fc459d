# SPDX-License-Identifier: Apache-2.0
# A thin face for people; CMake does the work (see CMakePresets.json).
JOBS ?= 2
PRESET ?= release

.PHONY: all build
all: build

build:
	@cmake --preset $(PRESET) >/dev/null
	@cmake --build --preset $(PRESET) -j $(JOBS)
	@ln -sf $(PRESET)/khutwa build/khutwa
