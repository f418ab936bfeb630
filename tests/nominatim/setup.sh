#!/usr/bin/env bash
# A real Nominatim on this machine, from the few places of places.osm. No network but the package registries.
#
#   setup.sh build   PostgreSQL cluster of its own, import, SQLite copy (what is there already is kept)
#   setup.sh serve   answer on 127.0.0.1:$PORT from the SQLite copy, in the foreground
#
# Needs on Debian 12: postgresql-15-postgis-3 postgresql-15-postgis-3-scripts osm2pgsql libsqlite3-mod-spatialite
# libicu-dev pkg-config g++ python3-venv. As root, and where CI or NOMINATIM_INSTALL is set, it installs what is missing.
# Takes about two minutes the first time. Exit code 77: a part is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
ROOT=${NOMINATIM_ROOT:-$(cd "$here/../.." && pwd)/.nominatim}
PORT=${PORT:-8088}
venv=$ROOT/venv project=$ROOT/project
# Debian's own python: others are often built without loading of SQLite extensions, which the copy needs.
python=${NOMINATIM_PYTHON:-/usr/bin/python3}
export PGHOST=$ROOT/socket PGPORT=54329 PGUSER=postgres PGOPTIONS='--client-min-messages=warning'

say() { echo "nominatim: $*" >&2; }

# PostgreSQL does not run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid postgres --regid postgres --init-groups env HOME="$ROOT" "$@"; else "$@"; fi
}

postgres() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1; }

parts() {
  if ! command -v osm2pgsql >/dev/null || ! ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 ||
    ! ls /usr/lib/*/mod_spatialite.so >/dev/null 2>&1 || ! command -v g++ >/dev/null || ! pkg-config --exists icu-i18n 2>/dev/null; then
    if [ -z "${CI:-}${NOMINATIM_INSTALL:-}" ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
      say "missing: PostGIS, osm2pgsql, SpatiaLite, ICU or g++ (NOMINATIM_INSTALL=1 installs them, as root on Debian)"; exit 77
    fi
    say "installing PostGIS, osm2pgsql, SpatiaLite"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >"$ROOT/apt.log" 2>&1
    apt-get install -y -q --no-install-recommends postgresql-15-postgis-3 postgresql-15-postgis-3-scripts osm2pgsql \
      libsqlite3-mod-spatialite libicu-dev pkg-config g++ python3-venv >>"$ROOT/apt.log" 2>&1 ||
      { tail -5 "$ROOT/apt.log" >&2; say "the parts could not be installed"; exit 77; }
  fi
  if [ ! -x "$venv/bin/nominatim" ]; then
    say "installing nominatim-db and nominatim-api"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'nominatim-db==5.3.*' 'nominatim-api==5.3.*' falcon uvicorn aiosqlite \
      >"$ROOT/pip.log" 2>&1 || { tail -5 "$ROOT/pip.log" >&2; rm -rf "$venv"; say "nominatim could not be installed"; exit 77; }
  fi
}

cluster_up() {
  mkdir -p "$ROOT/socket" "$project"
  [ "$(id -u)" != 0 ] || chown postgres "$ROOT" "$ROOT/socket" "$project"
  local bin; bin=$(postgres)
  [ -d "$ROOT/cluster" ] || as_postgres "$bin/initdb" -D "$ROOT/cluster" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$ROOT/initdb.log"
  as_postgres "$bin/pg_ctl" -D "$ROOT/cluster" status >/dev/null 2>&1 || as_postgres "$bin/pg_ctl" -D "$ROOT/cluster" -w \
    -l "$ROOT/postgres.log" -o "-p $PGPORT -k $ROOT/socket -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c jit=off" start >/dev/null 9>&-
}

cluster_down() { as_postgres "$(postgres)/pg_ctl" -D "$ROOT/cluster" -m fast stop >/dev/null 2>&1 || true; }

build() {
  mkdir -p "$ROOT"; chmod 755 "$ROOT"
  # tests that run side by side build it once
  exec 9>"$ROOT/lock"
  flock 9
  local made; made=$(cat "$here/places.osm" "$here/setup.sh" | sha256sum | cut -d' ' -f1)
  if [ -f "$ROOT/geo.sqlite" ] && [ "$(cat "$ROOT/made" 2>/dev/null)" = "$made" ]; then say "built already"; exit 0; fi
  parts
  trap cluster_down EXIT
  cluster_up
  cp "$here/places.osm" "$ROOT/places.osm"
  as_postgres psql -qc 'drop database if exists nominatim' postgres
  # the importer grants rights to the web server's role
  as_postgres psql -qc "do \$\$ begin create role \"www-data\" login; exception when duplicate_object then null; end \$\$" postgres
  cat >"$project/.env" <<SETTINGS
NOMINATIM_DATABASE_DSN=pgsql:dbname=nominatim;host=$ROOT/socket;port=$PGPORT;user=postgres
NOMINATIM_IMPORT_STYLE=admin
NOMINATIM_LANGUAGES=ar,en,az,hy,ru
SETTINGS
  say "importing places.osm"
  cd "$project"
  "$venv/bin/nominatim" import --project-dir "$project" --osm-file "$ROOT/places.osm" --offline --no-updates --no-partitions -j 2 \
    --osm2pgsql-cache 50 >"$ROOT/import.log" 2>&1 || { tail -30 "$ROOT/import.log" >&2; exit 1; }
  rm -f "$ROOT/geo.sqlite"
  "$venv/bin/nominatim" convert --project-dir "$project" -o "$ROOT/geo.sqlite" >"$ROOT/convert.log" 2>&1 || { tail -30 "$ROOT/convert.log" >&2; exit 1; }
  echo "$made" >"$ROOT/made"
  say "built $ROOT/geo.sqlite"
}

serve() {
  cd "$project"
  export NOMINATIM_DATABASE_DSN="sqlite:dbname=$ROOT/geo.sqlite"
  exec "$venv/bin/python" -m uvicorn --host 127.0.0.1 --port "$PORT" --log-level warning --factory nominatim_api.server.falcon.server:run_wsgi
}

case ${1:-} in
  build) build ;;
  serve) serve ;;
  *) sed -n '2,9p' "$0"; exit 2 ;;
esac
