#!/usr/bin/env bash
# Builds everything and runs all tests. Ends with one line "N passed, N failed, N skipped"; exits non-zero when one failed.
# Usage: eng/test.sh [Debug|Release]
# MEMORY_TRIGGERS_TESTS=on (or a folder) remembers the build and the tests, and says what earlier runs knew of the same failures (docs/builds-and-tests.md).
set -euo pipefail
cd "$(dirname "$0")/.."

configuration="${1:-Debug}"
results="artifacts/test-results"
rm -rf "$results"

# The tests of the PostgreSQL backend start a server of their own. Where none is installed and none can be, they are skipped and say so.
if [ ! -d /usr/lib/postgresql ] && [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    echo "Installing postgresql for the tests"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql) > /dev/null 2>&1 ||
        echo "postgresql cannot be installed here"
fi

# The loggers are those of an earlier state, kept apart: so that a build that is broken is remembered as well, and none overwrites what it uses.
build_logger=() test_logger=()
remember="${MEMORY_TRIGGERS_TESTS:-off}"
if [ "$remember" != off ]; then
    loggers="artifacts/loggers"
    for name in MemoryTriggers.MSBuild MemoryTriggers.TestLogger; do
        [ -d "$loggers/$name" ] || { dotnet build "src/$name" --configuration Release --nologo --verbosity quiet && mkdir -p "$loggers" && cp -r "artifacts/bin/$name/release" "$loggers/$name"; } ||
            { echo "$name cannot be built: this run is not remembered"; remember=off; }
    done
fi
if [ "$remember" != off ]; then
    settings="Project=MemoryTriggers"
    [ "$remember" = on ] || settings="$settings;Data=$(mkdir -p "$remember" && cd "$remember" && pwd)"
    build_logger=("-logger:$PWD/$loggers/MemoryTriggers.MSBuild/MemoryTriggers.MSBuild.dll;$settings")
    test_logger=(--test-adapter-path "$PWD/$loggers/MemoryTriggers.TestLogger" --logger "memory-triggers;$settings")
fi

dotnet build MemoryTriggers.sln --configuration "$configuration" --nologo --verbosity minimal "${build_logger[@]}"

failed_runs=0
for project in tests/*.Tests/*.csproj; do
    name="$(basename "$project" .csproj)"
    echo "== $name"
    dotnet test "$project" --no-build --configuration "$configuration" --nologo --verbosity quiet \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" "${test_logger[@]}" || failed_runs=$((failed_runs + 1))
done

# The counts come from the result files. A run that ended without one has crashed.
count() {
    grep -ho "<Counters [^>]*" "$results"/*.trx | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'
}

expected="$(ls -d tests/*.Tests | wc -l)"
found="$(ls "$results"/*.trx 2>/dev/null | wc -l)"
total="$(count total)"
passed="$(count passed)"
executed="$(count executed)"
failed="$((executed - passed))"
skipped="$((total - executed))"

# The tests with an outcome, each with the message that it left.
explain() {
    awk -v outcome="$1" '
        index($0, "outcome=\"" outcome "\"") && match($0, /testName="[^"]*"/) { name = substr($0, RSTART + 10, RLENGTH - 11) }
        /<Message>/ && name != "" { print "  " name ":"; name = ""; inside = 1 }
        inside { end = /<\/Message>/; gsub(/<[^>]*>/, ""); print "    " $0; if (end) inside = 0 }' "$results"/*.trx
}

if [ "$skipped" -gt 0 ]; then
    echo "Skipped, and why:"
    explain NotExecuted
fi
if [ "$failed" -gt 0 ]; then
    echo "Failed, and why:"
    explain Failed
fi
if [ "$found" -ne "$expected" ]; then
    echo "$((expected - found)) of $expected test projects left no result"
    failed=$((failed + expected - found))
elif [ "$failed" -eq 0 ] && [ "$failed_runs" -ne 0 ]; then
    echo "$failed_runs test projects ended with an error"
    failed="$failed_runs"
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
