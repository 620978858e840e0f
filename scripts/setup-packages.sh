#!/usr/bin/env bash
# Installs the Debian packages that are missing: setup-packages.sh run|test. Calls apt only when something is.
# What cannot be installed is said and not fatal: its checks show "not run", its tests are skipped. With CI=true it is.
set -euo pipefail
purpose=${1:-run}

have_font() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" -iname 'ocrb.otf' -print -quit 2>/dev/null)" ]; }
have_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

missing=()
have_font || missing+=(fonts-ocr-b)
command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null || missing+=(poppler-utils) # reads and draws PDF papers
command -v tesseract >/dev/null || missing+=(tesseract-ocr)                                  # reads the print of papers and cards
command -v ffmpeg >/dev/null || missing+=(ffmpeg)                                            # decodes the clips that the lab measures liveness on
if [ "$purpose" = test ]; then
  command -v chromium >/dev/null || missing+=(chromium)
  have_postgres || missing+=(postgresql)
fi
if [ ${#missing[@]} -eq 0 ]; then
  if [ "$purpose" = test ]; then
    echo "Testing with $(chromium --version 2>/dev/null | head -n 1)"
  fi
  exit 0
fi

give_up() {
  echo "$1 Install by hand: ${missing[*]} (names of the Debian packages)." >&2
  [ "${CI:-}" = true ] && exit 1
  echo "Going on without them: what needs them is shown as \"not run\", and its tests are skipped." >&2
  exit 0
}

command -v apt-get >/dev/null || give_up "This machine has no apt-get."
as_root=(env) # env carries the next setting through sudo, which drops it otherwise
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || give_up "Installing packages needs root, and there is no sudo."
  if [ ! -t 0 ]; then sudo -n true 2>/dev/null || give_up "Installing packages needs root, and nobody is here to give sudo a password."; fi
  as_root=(sudo env)
fi

echo "Installing Debian packages: ${missing[*]}"
"${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq update || echo "apt-get update did not finish; trying with the lists that are there." >&2
"${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null || give_up "apt-get could not install them."
