# make demo    build everything and open the demonstration server
# make test    what the tests say
# make fuzz    asks the service all that its description allows, and much that it does not
# make page    build the page anew: web/dist, which is part of the program
# make check   all checks: format, lints, documentation, tests, dependencies
# make bench   speed and quality measurements

SHELL := /bin/sh
CARGO ?= cargo
DENY_VERSION := 0.20.2
TOOLS := $(CURDIR)/target/tools
export PATH := $(TOOLS)/bin:$(PATH):$(HOME)/.cargo/bin

# Cases for each operation and phase of Schemathesis.
EXAMPLES ?= 20

.PHONY: help setup build demo test page page-test fuzz check fmt clippy doc deny bench

help:
	@sed -n 's/^# make/make/p' Makefile

# HiGHS, the MILP solver, is built from C++ and needs cmake, a C++ compiler and libclang. Installs what is missing, and only that.
setup:
	@if ! command -v $(CARGO) >/dev/null 2>&1; then \
	    echo "cargo is missing. Install Rust with rustup (https://rustup.rs):"; \
	    echo "    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"; \
	    echo "then run make again. The right toolchain is fetched by itself (rust-toolchain.toml)."; \
	    exit 1; \
	fi
	@has() { command -v "$$1" >/dev/null 2>&1; }; \
	has_libclang() { \
	    for dir in "$${LIBCLANG_PATH:-/none}" /usr/lib/llvm*/lib /usr/lib/*-linux-gnu /usr/lib /usr/lib64 /usr/lib64/llvm*/lib* \
	        /usr/local/lib /opt/homebrew/opt/llvm/lib /usr/local/opt/llvm/lib /Library/Developer/CommandLineTools/usr/lib; do \
	        for file in "$$dir"/libclang.so* "$$dir"/libclang-[0-9]*.so* "$$dir"/libclang.dylib; do \
	            if [ -f "$$file" ]; then return 0; fi; \
	        done; \
	    done; \
	    return 1; \
	}; \
	needs=""; \
	if ! has cmake; then needs="$$needs cmake"; fi; \
	if ! has c++ && ! has g++ && ! has clang++; then needs="$$needs g++"; fi; \
	if ! has cc && ! has gcc && ! has clang; then needs="$$needs gcc"; fi; \
	if ! has_libclang; then needs="$$needs libclang"; fi; \
	if [ -z "$$needs" ]; then exit 0; fi; \
	echo "missing:$$needs"; \
	if ! has apt-get; then \
	    echo "Install these with your package manager, then run make again."; \
	    exit 1; \
	fi; \
	if [ "$$(id -u)" -eq 0 ]; then as_root=""; \
	elif has sudo; then as_root="sudo"; \
	else echo "Ask an administrator to install these packages, then run make again."; exit 1; fi; \
	$$as_root apt-get update || exit 1; \
	packages=""; \
	for need in $$needs; do \
	    if [ "$$need" != libclang ]; then packages="$$packages $$need"; continue; fi; \
	    for package in libclang1-14 libclang1 libclang-dev; do \
	        if LC_ALL=C apt-cache policy $$package | grep -q 'Candidate: [0-9]'; then packages="$$packages $$package"; break; fi; \
	    done; \
	done; \
	echo "installing:$$packages"; \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$packages || exit 1; \
	if ! has_libclang; then echo "libclang is still missing: install it and set LIBCLANG_PATH to its folder"; exit 1; fi

build: setup
	$(CARGO) build --locked --release

demo: build
	target/release/waterbus serve --demo

# The store's tests run on both engines by themselves; those of the service run once more, on a PostgreSQL that they start.
test: setup
	$(CARGO) test --locked
	@if command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
	    WATERBUS_TEST_ENGINE=postgres $(CARGO) test --locked --test http; \
	else \
	    echo "PostgreSQL is not installed: the service is not tested on it"; \
	    [ -z "$$WATERBUS_SKIP_NOTHING" ]; \
	fi
	@$(MAKE) --no-print-directory page-test

# The types of the interface from its description, and the page from web/src. What is committed is what this makes.
page:
	cd web && npm ci --no-audit --no-fund && npm run api && npm run check && npm run build

# A browser drives a real service through every view. Installs what is missing; says so where it cannot.
page-test: setup
	web/test.sh

fuzz: setup
	tests/schemathesis.sh $(EXAMPLES)

check: fmt clippy doc test fuzz deny

fmt:
	$(CARGO) fmt --check

clippy: setup
	$(CARGO) clippy --locked --all-targets -- -D warnings

doc: setup
	RUSTDOCFLAGS=-Dwarnings $(CARGO) doc --locked --no-deps

# Licences, sources and bans need nothing from outside. Known vulnerabilities need the advisory database from GitHub: they are
# checked when it can be fetched, and the output says so when it cannot.
deny:
	@if ! $(CARGO) deny --version >/dev/null 2>&1; then \
	    $(CARGO) install cargo-deny --debug --locked --version $(DENY_VERSION) --root $(TOOLS); \
	fi
	$(CARGO) deny --locked check --hide-inclusion-graph bans licenses sources
	@if $(CARGO) deny --locked fetch db >/dev/null 2>&1; then \
	    $(CARGO) deny --locked check --disable-fetch --hide-inclusion-graph advisories; \
	else \
	    echo "advisories NOT checked: the advisory database (github.com/RustSec/advisory-db) cannot be reached from here"; \
	fi

bench: setup
	$(CARGO) bench --locked
