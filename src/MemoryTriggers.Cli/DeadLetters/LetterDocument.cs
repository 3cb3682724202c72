using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Memories;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary>Dead letters for programs.</summary>
internal static class LetterDocument
{
    public static JsonObject Of(DeadLetter letter, MemoryEntry? memory) => new()
    {
        ["id"] = letter.Id,
        ["reason"] = letter.Reason,
        ["at"] = letter.At,
        ["project"] = memory?.Project ?? letter.Project,
        ["replays"] = letter.Replays,
        ["bytes"] = letter.Record.Length,
        ["memory"] = memory is null ? null : EntryDocument.Of(memory),
    };
}
