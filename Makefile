# CI runs these targets and nothing else, so what passes here passes there.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

GOLANGCI  := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
LINT      := go run $(GOLANGCI)
FUZZTIME  ?= 30s
GENERATED := docs/reference

# The web interface is built with Node.js 20.19 or newer, and tried in Chromium.
# Without them that part is left out, and loudly so.
NPM      := npm --prefix web
NODE     := $(shell node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b < 2019 ? 1 : 0)' 2>/dev/null && command -v npm)
CHROMIUM := $(or $(HOOKFLOW_TEST_CHROMIUM),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))
SOURCES  := $(shell find web/src web/public web/index.html web/vite.config.ts web/tsconfig.json web/package.json -type f)
left-out  = @printf '\n*** %s ***\n\n' '$(1)' >&2

# The version is the one that Go takes from git; without git's word, none.
BUILDVCS := $(shell git log -1 >/dev/null 2>&1 && echo auto || echo false)

.PHONY: help run build web test race webtest browser screenshots lint fmt generate verify fuzz bench shape clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

run: build ## build, then start the server; it prints what to do next
	./bin/hookflow serve

build: web ## bin/hookflow, one static binary with the web interface in it
	CGO_ENABLED=0 go build -buildvcs=$(BUILDVCS) -trimpath -ldflags '-s -w' -o bin/hookflow ./cmd/hookflow

test: webtest ## every test; those of PostgreSQL, the web interface and the browser when they are installed
	go test ./...
	@$(MAKE) browser

race: ## every test under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./...

ifeq ($(NODE),)
web webtest browser screenshots:
	$(call left-out,$@: no Node.js 20.19 or newer with npm; the web interface is neither built nor tested)
else
web: internal/webui/dist/index.html ## the web interface, built and packed to be embedded

internal/webui/dist/index.html: web/dist/index.html internal/webui/pack/main.go
	go run ./internal/webui/pack web/dist internal/webui/dist

web/dist/index.html: web/node_modules/.package-lock.json $(SOURCES)
	$(NPM) run build

web/node_modules/.package-lock.json: web/package-lock.json
	$(NPM) ci --no-audit --no-fund
	@touch $@

webtest: web ## check, test and weigh the web interface
	$(NPM) run check
	$(NPM) test
	$(NPM) run budget

ifeq ($(CHROMIUM),)
browser screenshots: build
	$(call left-out,$@: no Chromium; name one in HOOKFLOW_TEST_CHROMIUM)
else
browser: build ## the web interface in Chromium, against bin/hookflow
	HOOKFLOW_BIN=$(CURDIR)/bin/hookflow HOOKFLOW_TEST_CHROMIUM=$(CHROMIUM) $(NPM) run e2e

screenshots: build ## take the pictures in docs/assets again
	HOOKFLOW_BIN=$(CURDIR)/bin/hookflow HOOKFLOW_TEST_CHROMIUM=$(CHROMIUM) $(NPM) run screenshots
endif
endif

lint: ## golangci-lint, the version pinned above
	$(LINT) run ./...

fmt: ## format as lint demands
	$(LINT) fmt ./...

generate: ## rewrite what is generated from the code
	go run ./internal/docgen $(GENERATED)

verify: generate ## fail when generated files, go.mod or go.sum are not as committed
	git diff --exit-code -- $(GENERATED) go.mod go.sum
	@new="$$(git ls-files --others --exclude-standard -- $(GENERATED))"; \
	if [ -n "$$new" ]; then echo "generated and not committed: $$new" >&2; exit 1; fi
	go mod verify
	go mod tidy -diff

fuzz: ## every fuzz target for FUZZTIME (30s) each
	@grep -rEo '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' --exclude-dir=node_modules . | sort | \
	while IFS=: read -r file func; do \
		echo "== $${func#func } in $$(dirname "$$file")"; \
		go test -run '^$$' -fuzz "^$${func#func }\$$" -fuzztime '$(FUZZTIME)' "$$(dirname "$$file")" </dev/null; \
	done

bench: ## measure the whole path against a bare net/http server, and scripts against Node's vm
	go run ./internal/bench
	go run ./internal/bench scripts

shape: ## how long functions and files are: a mirror, not a gate
	@go run ./internal/shape

clean: ## remove what build made
	rm -rf bin web/dist internal/webui/dist/*
