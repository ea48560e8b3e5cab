#!/usr/bin/env bash
# Measures, and prints Markdown tables: bench.sh SUITE [options], see docs/benchmarks.md.
#   toolkit     the toolkit beside dcmtk, Orthanc and pydicom
#   ingest      the whole product, on SQLite and PostgreSQL, beside dcmtk, Orthanc and the disk itself
#   growth      the whole product with a million images beside an empty one
#   facilities  the whole product with a thousand facilities
#   weather     the whole product while one facility is flooded: how soon another is answered
#   journal     what the journal costs ingest, on SQLite and PostgreSQL
set -u -o pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }

missing=()
need() { # package, then a path or command that proves it is there
  if [ -e "$2" ] || command -v "$2" >/dev/null 2>&1; then return; fi
  missing+=("$1")
}
install_missing() {
  [ "${#missing[@]}" -eq 0 ] && return
  echo "Installing ${missing[*]}" >&2
  if [ "$(id -u)" -eq 0 ]; then sudo=""; else sudo="sudo"; fi
  # RUNLEVEL keeps the packages from starting servers of their own, which would be measured along.
  { $sudo apt-get update -qq && $sudo env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2 \
    || { echo "Could not install ${missing[*]}." >&2; exit 1; }
}

need_portal=""
need_postgresql() { need postgresql "$(find /usr/lib/postgresql -name initdb 2>/dev/null | head -n 1)"; }

suite="${1:-}"
[ $# -gt 0 ] && shift
case "$suite" in
  toolkit)
    need dcmtk storescu
    need orthanc Orthanc
    need python3-pydicom /usr/lib/python3/dist-packages/pydicom
    install_missing
    ;;
  ingest)
    need dcmtk storescu
    need orthanc Orthanc
    need_postgresql
    install_missing
    need_portal=yes
    ;;
  growth)
    need dcmtk storescu
    case "$*" in *postgresql*) need_postgresql ;; esac
    install_missing
    need_portal=yes
    ;;
  facilities)
    need_portal=yes
    ;;
  journal)
    need dcmtk storescu
    need_postgresql
    install_missing
    need_portal=yes
    ;;
  weather)
    need dcmtk storescu
    install_missing
    need_portal=yes
    ;;
  *) usage ;;
esac

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
output="artifacts/benchmarks"
dotnet build tests/Noctis.Benchmarks -c Release -o "$output" --nologo -v q -clp:NoSummary >&2 || exit 1
if [ -n "$need_portal" ]; then
  # As it is installed. To compare with another state, copy the folder elsewhere before the build.
  rm -rf artifacts/portal
  dotnet publish src/Noctis.Portal -c Release --use-current-runtime -o artifacts/portal --nologo -v q -clp:NoSummary >&2 || exit 1
fi
exec "$output/Noctis.Benchmarks" "$suite" "$@"
