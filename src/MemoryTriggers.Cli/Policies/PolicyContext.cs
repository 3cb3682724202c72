using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;

namespace MemoryTriggers.Cli.Policies;

/// <summary>A made-up event that rules are tried on, as a JSON object.</summary>
internal static class PolicyContext
{
    public static JsonObject Default(DateTimeOffset now) => new()
    {
        ["agent_name"] = "test_agent",
        ["operation"] = "test_operation",
        ["success"] = true,
        ["timestamp"] = now,
        ["environment"] = "testing",
    };

    /// <param name="given">JSON, or <c>@</c> and the name of a file with it.</param>
    /// <exception cref="CommandException">It is no JSON object.</exception>
    public static JsonObject Read(string given)
    {
        try
        {
            var text = given.StartsWith('@') ? File.ReadAllText(given[1..]) : File.Exists(given) ? File.ReadAllText(given) : given;
            return JsonNode.Parse(text) as JsonObject
                ?? throw new CommandException("The context must be a JSON object.", ExitCodes.WrongUsage);
        }
        catch (JsonException exception)
        {
            throw new CommandException($"The context is no JSON: {exception.Message}", ExitCodes.WrongUsage, exception);
        }
    }
}
