# make run     a working server with real mail in it, on loopback, until Ctrl-C
# make test    everything that proves it; installs what it needs
# make check   format lint, build with warnings as errors, tests
# make install, make uninstall: the built tools into PREFIX (/usr/local) below DESTDIR; make deb: a Debian package of them
# make torture the slow proofs; make bench: the figures beside Dovecot + Postfix

SWIFT ?= swift
# How long the soak of make torture lasts.
SOAK ?= 30m
SOURCES = Package.swift Sources Tests
# How long each fuzzer runs in `make torture`.
FUZZ_SECONDS ?= 600

.PHONY: run build release test portable unit shells clients workers identity systemd hostile faults sending probe web setup desktop check lint format torture bench clean \
	completions install uninstall deb packages conventions

run:
	@scripts/needs run
	@scripts/run

build:
	@scripts/needs build
	$(SWIFT) build

release:
	@scripts/needs build
	$(SWIFT) build -c release

test: unit release conventions packages shells clients workers identity systemd hostile faults sending probe web setup

unit:
	@scripts/needs test
	scripts/unit-tests

conventions: release
	Tests/Conventions/run

packages: release
	scripts/suite Tests/Install/run

shells: release
	scripts/suite Tests/Completions/run

clients: release
	scripts/suite Tests/Clients/run

desktop: release
	@scripts/needs desktop
	Tests/Clients/heavy/run
	Tests/Setup/run --desktop thunderbird

workers: release
	scripts/suite Tests/Workers/run

identity: release
	scripts/suite Tests/Identity/run

systemd: release
	scripts/suite Tests/Systemd/run

hostile: release
	scripts/suite Tests/Hostile/run

faults: release
	Tests/Faults/run

# As root, as probe: others' servers on real ports.
sending: release
	@scripts/peers > /dev/null
	scripts/suite Tests/Sending/run

# Warnings are errors in every build: Package.swift says so.
check: lint test

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

# mail-probe in one file, for people's own machines.
portable:
	@scripts/needs build
	scripts/portable

# As root: the fixtures have a network of their own.
probe: release portable
	scripts/suite Tests/Probe/run
	scripts/suite Tests/Probe/portable

# Its pictures stay for whoever wants to look: a page, a language, a look, a width each.
web: release
	scripts/suite Tests/Web/run --pictures .build/pictures

# As root, as probe: real names and port 443.
setup: release
	scripts/suite Tests/Setup/run

torture: release
	@scripts/needs desktop
	Tests/Clients/heavy/run
	Tests/Fuzz/run --seconds $(FUZZ_SECONDS)
	scripts/sanitize address
	scripts/sanitize thread
	Tests/Faults/run --large --soak $(SOAK)
	Tests/Sending/run --slow ledger

bench: release
	@scripts/needs bench
	bench/run
	bench/relay/run rate deferred million

completions: build
	scripts/completions

# Of what make release has built: who installs as root shall not build as root.
install uninstall:
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" SYSCONFDIR="$(SYSCONFDIR)" ZSHDIR="$(ZSHDIR)" scripts/install $@

deb: release
	@scripts/needs deb
	scripts/deb

clean:
	rm -rf .build .build-* var
