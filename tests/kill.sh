#!/usr/bin/env bash
# Kills the product (SIGKILL) at random instants under load and looks for everything that it had acknowledged: kill.sh [N] [DATABASE]
#   N          how often, 200 unless told otherwise; every fourth start is killed as well, before it is ready
#   DATABASE   sqlite, or postgresql (a private server, which lives on)
set -u -o pipefail
cd "$(dirname "$0")/.."

[[ "${1:-200}" =~ ^[0-9]+$ && "${2:-sqlite}" =~ ^(sqlite|postgresql)$ ]] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }
export NOCTIS_KILLS="${1:-200}" NOCTIS_KILL_DATABASE="${2:-sqlite}" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build tests/Noctis.EndToEnd.Tests --nologo -v q -clp:NoSummary || exit 1
exec dotnet test tests/Noctis.EndToEnd.Tests --no-build --nologo --filter FullyQualifiedName~KillTests --logger "console;verbosity=detailed"
