#!/usr/bin/env bash
# Adds a migration to all three providers:   migrations/add.sh AddStudyNotes
# Existing installations are brought up to date with it at their next start: a migration that has landed is never written anew.
set -eu
cd "$(dirname "$0")/.."
name=${1:?usage: migrations/add.sh NAME}

dotnet tool restore >/dev/null
for provider in Sqlite SqlServer PostgreSql; do
  project=migrations/Noctis.Migrations.$provider
  dotnet build "$project" --nologo -v q
  dotnet ef migrations add "$name" --project "$project" --startup-project "$project" --output-dir Migrations --no-build
done
# dotnet-ef writes a byte order mark, which the rest of the repository does not have.
sed -i '1s/^\xEF\xBB\xBF//' migrations/*/Migrations/*.cs
