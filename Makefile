# CI runs these targets and nothing else, so what passes here passes there.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

GOLANGCI  := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
LINT      := go run $(GOLANGCI)
FUZZTIME  ?= 30s
GENERATED := docs/reference

# The version is the one that Go takes from git; without git's word, none.
BUILDVCS := $(shell git log -1 >/dev/null 2>&1 && echo auto || echo false)

.PHONY: help run build test race lint fmt generate verify fuzz bench shape clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: build ## build, then start the server; it prints what to do next
	./bin/hookflow serve

build: ## bin/hookflow, one static binary
	CGO_ENABLED=0 go build -buildvcs=$(BUILDVCS) -trimpath -ldflags '-s -w' -o bin/hookflow ./cmd/hookflow

test: ## every test; PostgreSQL ones when its programs are installed
	go test ./...

race: ## every test under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./...

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
	@grep -rEo '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' . | sort | \
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
	rm -rf bin
