#!/usr/bin/env bash
# Runs every benchmark of the house (functions Benchmark...) and prints what each measured; the ratios to the peers are
# computed in the same run. bench.sh [PATTERN] limits it.
set -euo pipefail
cd "$(dirname "$0")/.."
go test -run '^$' -bench "${1:-.}" -benchmem -timeout 60m ./...
