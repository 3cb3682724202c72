using System.Text.Json;

namespace MemoryTriggers.Cli.Tool;

/// <summary>What a run of the tool came to.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonElement.Parse(Output);
}
