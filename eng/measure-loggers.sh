#!/usr/bin/env bash
# What the loggers cost: builds of a solution of 40 projects and runs of 2,000 tests, without and with them, in turns.
# Usage: eng/measure-loggers.sh [rounds]
set -euo pipefail
cd "$(dirname "$0")/.."

rounds="${1:-5}"
root="artifacts/measure-loggers"
rm -rf "$root"
mkdir -p "$root"

for name in MemoryTriggers.MSBuild MemoryTriggers.TestLogger; do dotnet build "src/$name" --configuration Release --nologo --verbosity quiet > /dev/null; done
settings="Data=$PWD/$root/data;Project=measured;Quiet=true"
build_logger="-logger:$PWD/artifacts/bin/MemoryTriggers.MSBuild/release/MemoryTriggers.MSBuild.dll;$settings"
test_adapter="$PWD/artifacts/bin/MemoryTriggers.TestLogger/release"

project() { # name, content
    mkdir -p "$root/$1"
    cat > "$root/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild>
    <GenerateDocumentationFile>false</GenerateDocumentationFile>
    <UseMemoryTriggers>false</UseMemoryTriggers>
    $2
  </PropertyGroup>
  $3
</Project>
XML
}

for number in $(seq 40); do
    project "P$number" "" ""
    printf 'namespace Measured;\n\npublic class C\n{\n    public int M() => %d;\n}\n' "$number" > "$root/P$number/C.cs"
done
dotnet new sln --format sln --name Measured --output "$root" > /dev/null
dotnet sln "$root/Measured.sln" add "$root"/P*/*.csproj > /dev/null

project Tests "<IsPackable>false</IsPackable>" '<ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk" /><PackageReference Include="xunit.v3.mtp-off" /><PackageReference Include="xunit.runner.visualstudio" /></ItemGroup>'
sed -i 's|<IsPackable>false|<OutputType>Exe</OutputType><NoWarn>$(NoWarn);xUnit1026;CA1707;CA1515;CA1822</NoWarn><IsPackable>false|' "$root/Tests/Tests.csproj"
awk 'BEGIN {
    print "namespace Measured;\n"
    for (type = 0; type < 20; type++) {
        printf "public class T%dTests\n{\n", type
        for (test = 0; test < 100; test++) printf "    [Xunit.Fact]\n    public void M%d() => Xunit.Assert.True(%s, \"why\");\n", test, type == 0 && test < 50 ? "System.Environment.GetEnvironmentVariable(\"MEASURE_FAIL\") is null" : "M() > 0"
        print "    private static int M() => System.Environment.ProcessId;\n}\n"
    }
}' > "$root/Tests/Tests.cs"

timed() { # name, command
    local start="$(date +%s%N)"
    "${@:2}" > /dev/null 2>&1 || true
    echo "$1 $((($(date +%s%N) - start) / 1000000))"
}

build=(dotnet build "$root/Measured.sln" --no-restore --nologo --verbosity quiet)
run=(dotnet test "$root/Tests/Tests.csproj" --no-build --nologo --verbosity quiet)
remembered=("${run[@]}" --test-adapter-path "$test_adapter" --logger "memory-triggers;$settings")
dotnet build "$root/Measured.sln" --nologo --verbosity quiet > /dev/null
dotnet build "$root/Tests/Tests.csproj" --nologo --verbosity quiet > /dev/null
broken="$root/P7/Broken.cs"

for ((round = 0; round <= rounds; round++)); do
    {
        timed 1-build-without "${build[@]}"
        timed 1-build-with "${build[@]}" "$build_logger"
        echo "broken" > "$broken"
        timed 2-broken-without "${build[@]}"
        timed 2-broken-with "${build[@]}" "$build_logger"
        rm "$broken"
        timed 3-tests-without "${run[@]}"
        timed 3-tests-with "${remembered[@]}"
        timed 4-failing-without env MEASURE_FAIL=1 "${run[@]}"
        timed 4-failing-with env MEASURE_FAIL=1 "${remembered[@]}"
    } > "$root/round"
    # The first is the warm-up.
    [ "$round" -eq 0 ] || cat "$root/round"
done | sort -k1,1 -k2,2n | awk -v rounds="$rounds" '
    { times[$1, ++count[$1]] = $2 }
    function row(name, title) {
        without = times[name "-without", middle]; with = times[name "-with", middle]
        printf "| %s | %d ms | %d ms | %.2f |\n", title, without, with, with / without
    }
    END {
        middle = int((rounds + 1) / 2)
        printf "| median of %d | without | with | ratio |\n|---|---:|---:|---:|\n", rounds
        row("1-build", "build of 40 projects, nothing to compile")
        row("2-broken", "the same, one of them broken")
        row("3-tests", "2,000 tests that pass")
        row("4-failing", "2,000 tests, 50 of them fail")
    }'
rm -rf "$root"
