using System.Text.Json;

namespace MemoryTriggers;

/// <summary>One action that a rule asks for, ready to be executed.</summary>
/// <param name="Rule">The rule that asks.</param>
/// <param name="Position">The place of the action in its rule, from 0. With the memory's id it names the action for good.</param>
/// <param name="Action">The action as configured.</param>
/// <param name="Parameters">Its parameters, <c>${...}</c> filled in.</param>
/// <param name="MissingNames">Names in <c>${...}</c> for which the memory has no value. They stay unchanged.</param>
public sealed record PolicyActionCall(
    string Rule, int Position, PolicyAction Action, JsonElement Parameters, IReadOnlyList<string> MissingNames);
