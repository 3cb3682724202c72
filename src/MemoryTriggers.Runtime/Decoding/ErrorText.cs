using System.Text.Json.Nodes;

namespace MemoryTriggers.Decoding;

/// <summary>The exceptions of a memory as a line names them, the outermost first.</summary>
internal static class ErrorText
{
    private const int MaxMessage = 500;
    private const int MaxMembers = 300;

    // What nothing was said with.
    private static readonly string[] Nothing = ["", "0", "false", "None", "Unknown", "{}", "[]"];

    /// <summary>The error; <see langword="null"/> when there is none.</summary>
    public static string? Of(DecodedRecord record) => record.Exceptions is [] || record.Outcome is TriggerOutcome.Success
        ? null
        : string.Join(" <- ", record.Exceptions.Select(Of));

    /// <summary>Type, message and members; a message that only names the type is left out where members say more.</summary>
    public static string Of(CapturedException exception)
    {
        var members = Members(exception);
        if (members.Length == 0) return $"{exception.ShortType}: {ContentLine.Shorten(exception.Message, MaxMessage)}";
        return SaysNothing(exception)
            ? $"{exception.ShortType} ({members})"
            : $"{exception.ShortType}: {ContentLine.Shorten(exception.Message, MaxMessage)} ({members})";
    }

    /// <summary>A member of the outermost exception that has it, as text; <see langword="null"/> when none has.</summary>
    public static string? Member(DecodedRecord record, ReadOnlySpan<string> path)
    {
        foreach (var exception in record.Exceptions)
        {
            switch (path)
            {
                case ["Message"]: return exception.Message;
                case ["Type"]: return exception.ShortType;
            }

            JsonNode? value = exception.Members;
            foreach (var part in path) value = value is JsonObject members ? members[part] : null;
            if (value is not null) return Flat(value);
        }

        return null;
    }

    private static string Members(CapturedException exception)
    {
        var said = exception.Members
            .Select(static member => (member.Key, Text: member.Value is { } value ? Flat(value) : ""))
            .Where(member => !Nothing.Contains(member.Text) && !exception.Message.Contains(member.Text, StringComparison.Ordinal))
            .Select(static member => $"{member.Key}: {member.Text}");
        return ContentLine.Shorten(string.Join(", ", said), MaxMembers);
    }

    // The text of the runtime for an exception without a message of its own.
    private static bool SaysNothing(CapturedException exception) =>
        exception.Message.Length == 0 ||
        exception.Message.Contains(exception.Type.Replace('+', '.'), StringComparison.Ordinal) ||
        exception.Message.Contains($"'{exception.Type}'", StringComparison.Ordinal);

    private static string Flat(JsonNode value) => value switch
    {
        JsonArray items => $"[{string.Join("; ", items.OfType<JsonNode>().Select(Flat))}]",
        JsonObject members => string.Join(
            ", ", members.Where(static member => member.Value is not null).Select(static member => $"{member.Key}: {Flat(member.Value!)}")),
        _ => ContentLine.Text(value),
    };
}
