#!/usr/bin/env bash
# Development server: templ generates on change, rebuilds the program, reloads the page; Tailwind rebuilds the style
# sheet, which is embedded and so rebuilds the program too. Stop with Ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/.."
npx --no-install @tailwindcss/cli -i static/css/app.css -o static/dist/app.css --watch=always </dev/null &
styles=$!
trap 'kill "$styles" 2>/dev/null || true' EXIT
go tool templ generate --watch --proxy="http://localhost:8080" --proxyport=7331 \
  --watch-pattern '(.+\.go$)|(.+\.templ$)|(.+_templ\.txt$)|(static/(js|dist)/.+\.(js|css)$)' \
  --cmd="go run ./cmd/web serve"
