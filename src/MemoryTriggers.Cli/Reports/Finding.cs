using System.Text.Json.Nodes;

namespace MemoryTriggers.Cli.Reports;

/// <summary>The result of one check.</summary>
/// <param name="Name">What it is.</param>
/// <param name="IsWell">Whether it is as it should be.</param>
/// <param name="Detail">What was found.</param>
internal sealed record Finding(string Name, bool IsWell, string Detail)
{
    public JsonObject Document => new() { ["name"] = Name, ["healthy"] = IsWell, ["detail"] = Detail };
}
