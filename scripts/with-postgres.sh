#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own: with-postgres.sh COMMAND [ARGUMENTS]. The cluster lives in a temporary
# folder with its own port and a password made for this run; TRUEPENNY_TEST_POSTGRES holds its address. Everything is
# removed at the end. Where PostgreSQL is missing the command runs without it, unless CI=true.
set -euo pipefail

if [ -n "${TRUEPENNY_TEST_POSTGRES:-}" ]; then exec "$@"; fi

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ] && command -v initdb >/dev/null; then bin=$(dirname "$(command -v initdb)"); fi
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
  echo "PostgreSQL is not installed (Debian package postgresql): its tests cannot run." >&2
  [ "${CI:-}" = true ] && exit 1
  exec "$@"
fi

# PostgreSQL refuses to run as root: root hands it to a user without rights.
as_user=()
if [ "$(id -u)" -eq 0 ]; then
  owner=nobody
  id postgres >/dev/null 2>&1 && owner=postgres
  as_user=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups env HOME=/)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/truepenny-pg.XXXXXX")
stop() {
  "${as_user[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

password=$(head -c 18 /dev/urandom | base64 | tr '+/' 'ab')
printf '%s\n' "$password" >"$folder/password"
if [ "$(id -u)" -eq 0 ]; then chown -R "$owner" "$folder"; fi

cd_home() { (cd "$folder" && "${as_user[@]}" "$@"); }
cd_home "$bin/initdb" -D "$folder/data" -U truepenny -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1 || {
  cat "$folder/initdb.log" >&2
  exit 1
}

start() {
  cd_home "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -t 60 start >/dev/null \
    -o "-c listen_addresses=127.0.0.1 -c port=$1 -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
}
port=""
for _ in 1 2 3 4 5 6; do
  try=$((20000 + RANDOM % 20000))
  if start "$try"; then
    port=$try
    break
  fi
done
if [ -z "$port" ]; then
  cat "$folder/data/log" >&2
  echo "PostgreSQL did not start." >&2
  exit 1
fi

export TRUEPENNY_TEST_POSTGRES="postgres://truepenny:$password@127.0.0.1:$port/postgres?sslmode=disable"
echo "PostgreSQL $("$bin/postgres" --version | awk '{print $3}') on port $port for this run" >&2
"$@"
