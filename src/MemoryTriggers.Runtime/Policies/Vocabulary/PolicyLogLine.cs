using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>The line of a <c>log_event</c>. It contains only what the author of the rule asked for.</summary>
internal static class PolicyLogLine
{
    public static void Write(ILogger logger, string rule, JsonElement parameters) => Log.Event(
        logger, Level(ActionParameters.Text(parameters, "level")), rule,
        (ActionParameters.Text(parameters, "message") ?? "").ReplaceLineEndings(" "));

    public static LogLevel Level(string? name) => name?.ToLowerInvariant() switch
    {
        "debug" => LogLevel.Debug,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "critical" => LogLevel.Critical,
        _ => LogLevel.Information,
    };
}
