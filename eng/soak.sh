#!/usr/bin/env bash
# Injects faults (kills, losses of power, load) and prints one table; exits non-zero when anything was lost or doubled.
# Usage: eng/soak.sh [minutes] [seed] [options]; eng/soak.sh --help says which. Progress goes to the standard error stream.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build tests/MemoryTriggers.Soak --configuration Release --nologo --verbosity quiet >&2
exec dotnet artifacts/bin/MemoryTriggers.Soak/release/MemoryTriggers.Soak.dll "$@"
