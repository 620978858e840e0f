#!/usr/bin/env bash
# What a change must pass besides its tests: lint.sh STATICCHECK-MODULE. Runs all of it, then fails if any part did.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
step() {
  local name=$1
  shift
  echo "$name"
  "$@" || failed+=("$name")
}

formatted() {
  local list
  list=$(git ls-files -z '*.go' ':!*_templ.go' | xargs -0 gofmt -l)
  [ -z "$list" ] || { echo "gofmt would change:" && echo "$list" && return 1; }
}

# Generates into the tree, as everybody does, and compares what was there before.
generated() {
  local before after
  before=$(git ls-files -z '*_templ.go' | xargs -0 sha256sum)
  go tool templ generate -log-level warn || return 1
  after=$(git ls-files -z '*_templ.go' | xargs -0 sha256sum)
  [ "$before" = "$after" ] || { echo "templates were not generated: commit what changed" && return 1; }
  local strays
  strays=$(git ls-files --others --exclude-standard '*_templ.go')
  [ -z "$strays" ] || { echo "generated files that are not committed:" && echo "$strays" && return 1; }
}

step "gofmt" formatted
step "templ fmt" go tool templ fmt -fail -log-level warn views
step "templ generate" generated
step "go vet" go vet ./...
step "staticcheck" go run "$1" ./...
step "import rules" go test -count=1 ./internal/archtest

[ ${#failed[@]} -eq 0 ] || { echo "failed: ${failed[*]}" >&2; exit 1; }
