using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>The state of the rules of an engine: cooldowns, numbers of matches, and counts of limits.</summary>
internal sealed class EngineMemory(PolicyEngine engine, TimeProvider time) : IRemembering
{
    private static readonly string[] Kinds = ["rules", "policy_rules", "policies", "programs"];

    public string Part => "engine";

    public long Version => engine.Installed.States.Sum(static state => state.Version);

    public void Save(Utf8JsonWriter json)
    {
        var now = time.GetUtcNow().UtcTicks;
        json.WriteStartArray();
        foreach (var (kind, name, state) in engine.Installed.Remembered)
        {
            if (state.Version == 0) continue;
            json.WriteStartObject();
            json.WriteString("kind", Kinds[kind]);
            json.WriteString("name", name);
            state.Save(json, now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public void Restore(JsonElement saved)
    {
        var now = time.GetUtcNow().UtcTicks;
        var states = engine.Installed.Remembered.DistinctBy(static state => (state.Kind, state.Name))
            .ToDictionary(static state => (Kinds[state.Kind], state.Name), static state => state.State);
        foreach (var rule in saved.EnumerateArray())
        {
            if (states.TryGetValue((rule.GetProperty("kind").GetString()!, rule.GetProperty("name").GetString()!), out var state))
                state.Restore(rule, now);
        }
    }
}
