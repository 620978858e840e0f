#!/bin/sh
# Copies to static/dist what the browser gets from npm packages; git ignores it, the binary embeds it.
set -eu
cd "$(dirname "$0")/.."
dist=static/dist
mkdir -p "$dist/fonts"
cp node_modules/htmx.org/dist/htmx.min.js node_modules/htmx.org/dist/ext/hx-sse.min.js "$dist/"
for file in node_modules/@fontsource-variable/inter/files/inter-*-wght-normal.woff2; do
  cp "$file" "$dist/fonts/$(basename "$file" -wght-normal.woff2).woff2"
done
