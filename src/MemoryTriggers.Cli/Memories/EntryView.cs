using Spectre.Console;
using MemoryTriggers.Cli.Output;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Cli.Memories;

/// <summary>One memory for people, with all that it has.</summary>
internal static class EntryView
{
    public static void Show(IAnsiConsole screen, MemoryEntry entry)
    {
        screen.Line(entry.Content);
        screen.Write(Tables.Pairs(
            ("id", entry.Id.ToString()),
            ("project", entry.Project),
            ("category", entry.Category),
            ("key", entry.Key),
            ("tags", string.Join(", ", entry.Tags)),
            ("about", entry.EntityType is null ? null : $"{entry.EntityType} {entry.EntityId}"),
            ("type", entry.TriggerType?.Name()),
            ("source", entry.Source),
            ("priority", entry.Priority.Name()),
            ("outcome", entry.Outcome.Name()),
            ("took", entry.Duration > TimeSpan.Zero ? Cells.DurationText(entry.Duration) : null),
            ("quality", entry.QualityScore?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("started", entry.Duration > TimeSpan.Zero ? Cells.TimeText(entry.StartedAt) : null),
            ("created", Cells.TimeText(entry.CreatedAt)),
            ("updated", entry.UpdatedAt > entry.CreatedAt ? Cells.TimeText(entry.UpdatedAt) : null),
            ("expires", Cells.TimeText(entry.ExpiresAt)),
            ("occurrences", entry.Occurrences > 1 ? Cells.NumberText(entry.Occurrences) : null),
            ("replaced by", entry.SupersededBy?.ToString()),
            ("inside", entry.ParentId?.ToString()),
            ("trace", entry.TraceId),
            ("session", entry.Provenance.SessionId),
            ("user", entry.Provenance.UserId),
            ("module", entry.Provenance.Module),
            ("task", entry.Provenance.TaskId)));
        if (JsonNode.Parse(entry.Value.GetRawText()) is { } value and not JsonObject { Count: 0 })
            screen.Write(new Text(SafeText.OfLines(JsonText.Of(value, indented: true)) + "\n"));
    }
}
