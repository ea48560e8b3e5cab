#!/usr/bin/env bash
# Adds a migration to all three providers:   migrations/add.sh AddStudyNotes
# Until the first release there is one migration a provider; write it anew after a change of the model:
#   migrations/add.sh Initial --reset
set -eu
cd "$(dirname "$0")/.."
name=${1:?usage: migrations/add.sh NAME [--reset]}
reset=${2:-}

dotnet tool restore >/dev/null
for provider in Sqlite SqlServer PostgreSql; do
  project=migrations/Noctis.Migrations.$provider
  if [ "$reset" = --reset ]; then rm -rf "$project/Migrations"; fi
  dotnet build "$project" --nologo -v q
  dotnet ef migrations add "$name" --project "$project" --startup-project "$project" --output-dir Migrations --no-build
  # A time of its own in the name would make every reset a rename: files that are written anew keep theirs.
  if [ "$reset" = --reset ]; then
    stamped=$(ls "$project"/Migrations/*_"$name".cs); old=$(basename "$stamped" "_$name.cs")
    for file in "$project"/Migrations/"$old"_*; do mv "$file" "${file/$old/20260101000000}"; done
    sed -i "s/${old}_$name/20260101000000_$name/" "$project"/Migrations/20260101000000_"$name".Designer.cs
  fi
done
# dotnet-ef writes a byte order mark, which the rest of the repository does not have.
sed -i '1s/^\xEF\xBB\xBF//' migrations/*/Migrations/*.cs
