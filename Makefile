# Builds, tests and installs Proviso. `make` alone tells what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test test-data test-external torture bench format install uninstall clean release

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 60
BENCH_ROWS ?= 1000000
# Numbers of lines to show the cost against size with; 10000000 takes 8 GB of disk and some minutes.
BENCH_SIZES ?= 10000,100000,1000000

# Everything goes into the binary, the Swift runtime and the C libraries, so that what is installed
# is one file, and starts without looking for others.
RELEASE := -c release --static-swift-stdlib -Xswiftc -static-executable -Xswiftc -use-ld=lld
PROVISO := .build/release/proviso
SWIFT_FILES := Package.swift Sources Tests

DEMO_RULESET := rulesets/tax-havens/tax-havens.proviso.md
DEMO_CONTRACT := contracts/tax-havens/seychelles-trust.json
DEMO_DATE := 2021-12-31

help:
	@echo "make demo      check a real contract that is in breach, and explain it"
	@echo "make test      everything that CI runs"
	@echo "make test-data check the published data in DATA=FOLDER, whole, and compare the answers"
	@echo "make torture   what takes longer: 500 killed processes, every byte of a ledger changed"
	@echo "make bench     measure, and write docs/benchmarks.md"
	@echo "make format    lay out the Swift code and the rulesets"
	@echo "make install   put proviso into $(PREFIX)/bin (PREFIX=... for elsewhere)"
	@echo "make clean     remove what was built"

release:
	@.ci/setup demo
	$(SWIFT) build $(RELEASE) --product proviso

# Exit status 1 says that something is breached, which is what the demo is about.
demo: release
	@echo
	@echo '$$ proviso check $(DEMO_RULESET) $(DEMO_CONTRACT) --as-of $(DEMO_DATE)'
	@$(PROVISO) check $(DEMO_RULESET) $(DEMO_CONTRACT) --as-of $(DEMO_DATE) || [ $$? -eq 1 ]
	@echo
	@echo '$$ proviso explain $(DEMO_RULESET) $(DEMO_CONTRACT) --as-of $(DEMO_DATE)'
	@$(PROVISO) explain $(DEMO_RULESET) $(DEMO_CONTRACT) --as-of $(DEMO_DATE) || [ $$? -eq 1 ]
	@echo
	@echo 'What to try next:'
	@echo '  make install                          puts proviso on your PATH (until then: $(PROVISO))'
	@echo '  proviso explain $(DEMO_RULESET) \'
	@echo '    $(DEMO_CONTRACT) --as-of $(DEMO_DATE) --format html --output why.html'
	@echo '  proviso test rulesets                 the worked cases of every ruleset'
	@echo '  docs/tutorial.md                      write your first condition'

test:
	@.ci/setup test
	@date -u +'%H:%M:%S  code format'
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources
	@# Tests show long texts as they are; TidyTests holds their code to the same width.
	@! $(SWIFT) format lint --parallel --recursive Tests 2>&1 | grep -v '\[LineLength\]'
	@date -u +'%H:%M:%S  release build'
	$(SWIFT) build $(RELEASE) --product proviso
	$(SWIFT) build $(RELEASE) --product ProvisoFuzz
	@date -u +'%H:%M:%S  rulesets'
	$(PROVISO) fmt --check rulesets
	$(PROVISO) test rulesets
	@date -u +'%H:%M:%S  outside software on a ledger'
	@$(MAKE) --no-print-directory external
	@date -u +'%H:%M:%S  mutated inputs, $(FUZZ_SECONDS) seconds'
	.build/release/ProvisoFuzz --seconds $(FUZZ_SECONDS)
	@date -u +'%H:%M:%S  tests'
	$(SWIFT) build --build-tests
	@python3 -c 'import jsonschema' 2>/dev/null || export PATH="/usr/bin:$$PATH"; \
	  echo '$(SWIFT) test'; $(SWIFT) test --skip-build
	@date -u +'%H:%M:%S  done'

# Software that is not ours recomputes a ledger's hashes, proofs and signatures.
EXTERNAL := .build/external
test-external: release external

.PHONY: external
external: $(EXTERNAL)/ready
	$(EXTERNAL)/bin/python .ci/external.py $(PROVISO) $(DEMO_RULESET) $(DEMO_CONTRACT) $(DEMO_DATE)

$(EXTERNAL)/ready: .ci/external-requirements.txt
	@.ci/setup test
	rm -rf $(EXTERNAL)
	python3 -m venv $(EXTERNAL) || /usr/bin/python3 -m venv $(EXTERNAL)
	$(EXTERNAL)/bin/pip install --quiet --disable-pip-version-check -r .ci/external-requirements.txt
	touch $@

# The published data are not part of this repository: DATA says where they are.
test-data: release
	@[ -n '$(DATA)' ] || { echo 'say where the published data are: make test-data DATA=FOLDER' >&2; exit 2; }
	contracts/tools/whole_data.py '$(DATA)' $(PROVISO)

torture:
	@.ci/setup test
	$(SWIFT) build --build-tests
	PROVISO_TORTURE=1 $(SWIFT) test --skip-build --filter LedgerTests

bench:
	@.ci/setup demo
	$(SWIFT) build $(RELEASE) --product proviso
	$(SWIFT) build $(RELEASE) --product ProvisoBench
	$(SWIFT) build $(RELEASE) --product ProvisoPortfolioBench
	$(SWIFT) build $(RELEASE) --product LedgerDrill
	.build/release/ProvisoBench $(PROVISO) $(DEMO_RULESET) $(DEMO_CONTRACT) $(DEMO_DATE) \
	  docs/benchmarks.md
	@# The engines beside ours come from PyPI, into an environment of their own.
	test -x .build/w1-python/bin/python || python3 -m venv .build/w1-python
	.build/w1-python/bin/pip install --quiet -r Tests/PortfolioBench/w1/requirements.txt
	.build/w1-python/bin/python Tests/PortfolioBench/w1/run.py \
	  .build/release/ProvisoPortfolioBench rulesets/w1-recovery-aid/w1-recovery-aid.proviso.md \
	  docs/benchmarks.md --rows $(BENCH_ROWS) --sizes $(BENCH_SIZES)

format: release
	$(SWIFT) format format --in-place --parallel --recursive $(SWIFT_FILES)
	$(PROVISO) fmt rulesets

install: release
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(PROVISO) "$(DESTDIR)$(PREFIX)/bin/proviso"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/proviso"

clean:
	rm -rf .build
