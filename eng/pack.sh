#!/usr/bin/env bash
# Makes the packages of eng/packages.slnf, each with its symbols where it has a library.
set -euo pipefail

help="Usage: eng/pack.sh [--output <folder>] [--version <version>] [--artifacts <folder>]

  --output     where the packages go; artifacts/packages unless given
  --version    their version; that of Directory.Build.props unless given
  --artifacts  where it is built; artifacts unless given"

output="" version="" artifacts=""
while [ $# -gt 0 ]; do
    case "$1" in
        -h | --help) echo "$help"; exit 0 ;;
        --output | --version | --artifacts)
            [ $# -ge 2 ] || { echo "$1 needs a value" >&2; exit 2; }
            declare "${1#--}=$2"; shift 2 ;;
        *) echo "unknown option $1" >&2; echo "$help" >&2; exit 2 ;;
    esac
done
[ -z "$output" ] || output="$(mkdir -p "$output" && cd "$output" && pwd)"
[ -z "$artifacts" ] || artifacts="$(mkdir -p "$artifacts" && cd "$artifacts" && pwd)"
cd "$(dirname "$0")/.."
output="${output:-$PWD/artifacts/packages}"

# A build for others: paths are mapped, so that no path of this machine is in the packages.
options=(--configuration Release --output "$output" --nologo --verbosity quiet
    -p:ContinuousIntegrationBuild=true -p:RunAnalyzersDuringBuild=false)
[ -z "$version" ] || options+=("-p:Version=$version")
[ -z "$artifacts" ] || options+=("-p:ArtifactsPath=$artifacts")

# The projects are listed in packages.slnf. The tool has one package for each platform, and one that names them.
dotnet pack eng/packages.slnf "${options[@]}" -p:CompiledTool=true
ls -l "$output" | awk 'NR > 1 { printf "%10d  %s\n", $5, $9 }'
