#!/usr/bin/env bash
# Makes the packages as a machine without any package would, and uses them: installs and runs the tool, builds and runs a program with the one package.
# Usage: eng/try-packages.sh
set -euo pipefail
cd "$(dirname "$0")/.."

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# Nothing that this machine has downloaded or built helps.
export NUGET_PACKAGES="$work/cache"
version="0.1.0-try.$(date +%s)"

step() { # what it is, the text that its output must have, the command
    local start="$SECONDS"
    if ! "${@:3}" > "$work/output" 2>&1 || ! grep -qF -- "$2" "$work/output"; then
        cat "$work/output" >&2
        echo "try-packages: $1: failed, or did not print \"$2\"" >&2
        exit 1
    fi
    echo "$1: $((SECONDS - start)) s"
}

step "packages made" "MemoryTriggers.$version.nupkg" ./eng/pack.sh --output "$work/feed" --artifacts "$work/artifacts" --version "$version"

mkdir "$work/program"
cat > "$work/nuget.config" <<XML
<configuration><packageSources><add key="try-packages" value="$work/feed" /></packageSources></configuration>
XML
cat > "$work/program/program.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="MemoryTriggers" Version="$version" /></ItemGroup>
</Project>
XML
cat > "$work/program/Program.cs" <<'CS'
using MemoryTriggers;
using System;

await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = args[0]);
Pusher.Push("main");
await memory.FlushAsync();
foreach (var hit in await memory.Recall.SearchAsync("what was pushed?")) Console.WriteLine("recalled: " + hit.Entry.Content);

static class Pusher
{
    [WorkflowMemoryTrigger(Content = "Pushed {branch}", CaptureArguments = true)]
    public static int Push(string branch) => branch.Length;
}
CS

cd "$work/program"
step "tool installed" "memory-triggers" dotnet tool install MemoryTriggers.Cli --tool-path "$work/tool" --version "$version"
step "tool run" "$version" "$work/tool/memory-triggers" --version
step "program built" "0 Warning(s)" dotnet build --nologo --output "$work/built"
step "program run" "recalled: Pushed main" dotnet "$work/built/program.dll" "$work/data"
