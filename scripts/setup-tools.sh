#!/bin/sh
# Says in a sentence what is missing of the four things that must be there: Go, a C compiler, Node with npm, git.
set -eu
missing=""
command -v go >/dev/null || missing="$missing Go (1.26 or newer);"
command -v "${CC:-cc}" >/dev/null || command -v gcc >/dev/null || missing="$missing a C compiler (Debian: gcc and libc6-dev);"
command -v node >/dev/null && command -v npm >/dev/null || missing="$missing Node with npm (20 or newer);"
command -v git >/dev/null || missing="$missing git;"
[ -z "$missing" ] && exit 0
echo "Truepenny needs, and this machine does not have:${missing%;}." >&2
exit 1
