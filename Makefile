# Every step that CI or a release needs is one of these, and can be done by hand.
PREFIX ?= /usr
export CTEST_PARALLEL_LEVEL ?= $(shell nproc)
.DEFAULT_GOAL := help
.PHONY: help setup setup-languages build install demo test test-long asan tsan bench mutate mutate-policy simulate simulate-patch fmt lint docs-codes check-fresh clean

help:
	@echo "make setup        install the Debian 12 packages that are missing"
	@echo "make build        build everything for daily work (build/dev)"
	@echo "make install      build optimised and install below PREFIX (default /usr); DESTDIR is honoured"
	@echo "make demo         run the real programs through the whole story on loopback"
	@echo "make test         build with warnings as errors and run all tests (what CI runs)"
	@echo "make test-long    the long figures: 200 kills, every cut, many seeds"
	@echo "make asan tsan    the tests under sanitizers"
	@echo "make bench        figures of speed and size, each beside its baseline"
	@echo "make mutate       break the code on purpose; each break must be caught (CHANGED=1: of changed files)"
	@echo "make mutate-policy  change each value of the policy profiles by one; a test of its article must notice (PROFILE=id)"
	@echo "make simulate     the simulation; SEEDS=n, or SEED=n to replay one"
	@echo "make simulate-patch PATCH=file  a patch that breaks a promise: after how many seeds is it found? (SEEDS=n; SEED=n replays)"
	@echo "make fmt lint     format the sources; clang-tidy and the lints"
	@echo "make docs-codes   write docs/codes.md and zige_codes.h from the code registry"
	@echo "make check-fresh  as root: demo and test in an empty Debian 12 root"
	@echo "make clean        delete build/"

setup:
	@packaging/setup.sh

setup-languages:
	@packaging/setup.sh --languages

build: setup
	cmake --preset dev
	cmake --build --preset dev

# As root for a real prefix: make install, then systemd-sysusers.
install:
	cmake --preset release -DCMAKE_INSTALL_PREFIX=$(PREFIX)
	cmake --build --preset release --target zige-agent zige-hub zige
	cmake --install build/release

demo: setup
	cmake --preset ci
	cmake --build --preset ci --target zige-agent zige-hub make_rosters steady_boot
	tests/system/demo/run.sh build/ci/bin

test: setup-languages
	cmake --workflow --preset ci

test-long: setup-languages
	cmake --preset ci
	cmake --build --preset ci
	ZIGE_LONG=1 ctest --preset ci

# Sanitizers of this compiler want the classic layout of memory, where it may be asked for.
asan tsan: setup
	$(shell setarch -R true 2>/dev/null && echo setarch -R) cmake --workflow --preset $@

bench: setup
	cmake --preset release
	cmake --build --preset release --target zige_bench
	build/release/tests/bench/zige_bench

mutate: setup
	python3 -B tests/mutate/run.py $(if $(CHANGED),--changed)

mutate-policy: setup
	cmake --preset ci
	cmake --build --preset ci --target policy_mutants
	build/ci/tests/policy/policy_mutants build/ci/policy-mutants $(PROFILE)

simulate: setup
	cmake --preset ci
	cmake --build --preset ci --target simulation_tests
	ZIGE_SEEDS=$(SEEDS) ZIGE_SEED=$(SEED) build/ci/tests/simulation_tests keeps_the_promises

simulate-patch: setup
	python3 -B tests/simulation/patch.py $(if $(SEEDS),--seeds $(SEEDS)) $(if $(SEED),--seed $(SEED)) $(PATCH)

fmt:
	@packaging/setup.sh --tools
	git ls-files -z '*.h' '*.cpp' | xargs -0 clang-format -i

lint:
	@packaging/setup.sh --tools
	cmake --preset dev
	cmake --build --preset dev
	cd build/dev && ctest -L lint --output-on-failure
	git ls-files -z 'shared/*.cpp' 'agent/*.cpp' 'hub/*.cpp' | xargs -0 -n 1 -P $(CTEST_PARALLEL_LEVEL) clang-tidy --quiet -p build/dev

docs-codes:
	python3 protocol/registry/generate.py --docs docs/codes.md --header agent/include/zige/zige_codes.h

check-fresh:
	packaging/check-fresh.sh

clean:
	rm -rf build
