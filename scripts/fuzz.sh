#!/usr/bin/env bash
# Runs every fuzz test (functions Fuzz...) for a while: fuzz.sh [TIME] [PATTERN], as in fuzz.sh 10m 'Decode'. What it finds is
# written beside the test under testdata/fuzz, belongs into the repository and then runs with every test. Inputs that reached
# new code stay in Go's cache and are the start of the next run. Memory: a fuzz test that grows beyond 2 GB is killed.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-60s}
pattern=${2:-.}
export GOMEMLIMIT=1GiB
failed=()
while read -r package name; do
  echo "== $package $name, $time"
  ( ulimit -d 2097152; go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -parallel "${FUZZ_WORKERS:-2}" "$package" | tail -n 4 ) || failed+=("$package $name")
done < <(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.Dir}} {{join .TestGoFiles " "}} {{join .XTestGoFiles " "}}{{end}}' ./... |
  while read -r dir files; do
    for file in $files; do
      { grep -ohE '^func Fuzz[A-Za-z0-9_]+' "$dir/$file" || true; } | sed "s|^func |.${dir#"$PWD"} |"
    done
  done | grep -E "$pattern" | sort)
if [ ${#failed[@]} -gt 0 ]; then
  printf 'found something: %s\n' "${failed[@]}" >&2
  exit 1
fi
