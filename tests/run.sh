#!/usr/bin/env bash
# Installs what the tests need where it is missing, builds, checks the formatting, runs every test project,
# and ends with one line: N passed, N failed, N skipped.
set -u -o pipefail
cd "$(dirname "$0")/.."

results="artifacts/test-results"
rm -rf "$results"
mkdir -p "$results"

say() { printf '\n== %s\n' "$*"; }
# The last line is the one that is read: it is printed however the run ends.
finish() {
  printf '%s passed, %s failed, %s skipped\n' "$1" "$2" "$3"
  [ "$2" -eq 0 ] && exit 0
  exit 1
}

# --- What the tests talk to -------------------------------------------------------------------------------------
missing=()
need() { # package, then a path or command that proves it is there
  if [ -e "$2" ] || command -v "$2" >/dev/null 2>&1; then return; fi
  missing+=("$1")
}
need dcmtk storescu
need chromium chromium
need orthanc Orthanc
need python3-pydicom /usr/lib/python3/dist-packages/pydicom
need libgdcm-tools gdcmscu
need netbase /etc/services
need nodejs node
need npm npm
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
if [ "${#missing[@]}" -gt 0 ]; then
  say "Installing ${missing[*]}"
  if [ "$(id -u)" -eq 0 ]; then sudo=""; else sudo="sudo"; fi
  # The servers are started by the tests themselves, on ports of their own.
  export DEBIAN_FRONTEND=noninteractive
  { $sudo apt-get update -qq && $sudo env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >"$results/apt.log" 2>&1 || { tail -n 20 "$results/apt.log"; echo "Could not install ${missing[*]}: tests that need them will say so."; }
fi

# A DICOM peer from npm, outside the sources: installed once, and again when the versions change.
peer="artifacts/dcmjs-dimse"
if ! cmp -s tests/Noctis.Dicom.Tests/Interop/dcmjs-dimse/package-lock.json "$peer/installed.json"; then
  say "Installing dcmjs-dimse"
  mkdir -p "$peer"
  cp tests/Noctis.Dicom.Tests/Interop/dcmjs-dimse/package*.json "$peer"
  if npm ci --prefix "$peer" --ignore-scripts --no-audit --no-fund --loglevel=error >"$results/npm.log" 2>&1; then
    cp "$peer/package-lock.json" "$peer/installed.json"
  else
    tail -n 20 "$results/npm.log"
    echo "Could not install dcmjs-dimse: tests that need it will say so."
  fi
fi

# --- Build ------------------------------------------------------------------------------------------------------
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
say "Building"
if ! dotnet build Noctis.sln --nologo -v q -clp:NoSummary; then
  echo "The build failed: no test was run."
  finish 0 1 0
fi

passed=0 failed=0 skipped=0

# --- Formatting -------------------------------------------------------------------------------------------------
say "Checking the formatting"
if dotnet format whitespace Noctis.sln --no-restore --verify-no-changes --verbosity quiet; then
  passed=$((passed + 1))
else
  echo "Run 'dotnet format whitespace Noctis.sln' and commit the result."
  failed=$((failed + 1))
fi

# --- Tests ------------------------------------------------------------------------------------------------------
for project in tests/*.Tests; do
  name=$(basename "$project")
  say "$name"
  timeout --kill-after=30 1200 dotnet test "$project" --no-build --nologo -v q \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" --blame-hang-timeout 17m |
    grep -vE '\[SKIP\]$|^  Skipped '
  code=${PIPESTATUS[0]}
  trx="$results/$name.trx"
  if [ ! -f "$trx" ]; then
    # A project without a single test has no result either: that is a failure too.
    echo "$name left no result (exit code $code)."
    failed=$((failed + 1))
    continue
  fi
  counters=$(grep -o '<Counters [^>]*' "$trx" | head -n 1)
  value() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
  total=$(value total) executed=$(value executed) ok=$(value passed)
  passed=$((passed + ok))
  failed=$((failed + executed - ok))
  skipped=$((skipped + total - executed))
  # A crashed test host fails the run even where every test that reported had passed.
  if [ "$code" -ne 0 ] && [ "$executed" -eq "$ok" ]; then failed=$((failed + 1)); fi
done

say "Done"
finish "$passed" "$failed" "$skipped"
