#!/usr/bin/env bash
# What weaving costs at build time: a project of 2,000 methods, none or 200 of them decorated, compiled afresh in turns.
# Usage: eng/measure-build.sh [rounds]
set -euo pipefail
cd "$(dirname "$0")/.."

rounds="${1:-5}"
root="artifacts/measure-build"
rm -rf "$root"

project() { # name, decorated methods, extra properties
    local folder="$root/$1"
    mkdir -p "$folder"
    cat > "$folder/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild>
    <GenerateDocumentationFile>false</GenerateDocumentationFile>
    $3
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="../../../src/MemoryTriggers.Runtime/MemoryTriggers.Runtime.csproj" />
  </ItemGroup>
</Project>
XML
    awk -v decorated="$2" 'BEGIN {
        print "namespace Measured;"
        for (type = 0; type < 100; type++) {
            printf "public class C%d\n{\n", type
            for (method = 0; method < 20; method++) {
                if (method * 100 < decorated * 10 && method < decorated / 100)
                    print "    [MemoryTriggers.WorkflowMemoryTrigger(CaptureArguments = true)]"
                printf "    public async System.Threading.Tasks.Task<int> M%d(int a, string b)\n    {\n", method
                printf "        await System.Threading.Tasks.Task.Yield();\n        return a + b.Length + %d;\n    }\n\n", method
            }
            print "}"
        }
    }' > "$folder/Methods.cs"
}

# In process, as from the package: in this repository the weaver runs in a process of its own otherwise.
build() { dotnet build "$root/$1/$1.csproj" --no-restore --no-dependencies --nologo --verbosity quiet -p:MemoryTriggersTaskFactory=AssemblyTaskFactory > /dev/null; }

project plain 0 ""
project woven 200 "<UseMemoryTriggers>true</UseMemoryTriggers>"
for name in plain woven; do dotnet build "$root/$name/$name.csproj" --nologo --verbosity quiet > /dev/null; done

for ((round = 0; round < rounds; round++)); do
    for name in plain woven; do
        echo "// $round" >> "$root/$name/Methods.cs"
        start="$(date +%s%N)"
        build "$name"
        echo "$name $((($(date +%s%N) - start) / 1000000))"
    done
done | sort -k1,1 -k2,2n | awk -v rounds="$rounds" '
    { times[$1, ++count[$1]] = $2 }
    END {
        middle = int((rounds + 1) / 2)
        printf "| | median of %d builds |\n|---|---|\n", rounds
        printf "| plain, 2,000 methods | %d ms |\n", times["plain", middle]
        printf "| 200 of them decorated | %d ms |\n", times["woven", middle]
        printf "| ratio | %.2f |\n", times["woven", middle] / times["plain", middle]
    }'
rm -rf "$root"
