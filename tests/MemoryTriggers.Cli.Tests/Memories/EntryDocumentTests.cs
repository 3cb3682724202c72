using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.TestKit;
using MemoryTriggers.Transfer;

namespace MemoryTriggers.Cli.Memories;

public sealed class EntryDocumentTests
{
    public static TheoryData<string> Values => ["{}", """{"a":[1,null,{"b":"\u00e9"}]}""", "[1,2]", "\"text\"", "null", "12.50"];

    [Theory]
    [MemberData(nameof(Values))]
    public void Of_MemoryWithEverything_IsTheDocumentOfTheJsonStore(string value)
    {
        var entry = Any.Entry() with
        {
            Value = JsonElement.Parse(value),
            Tags = ["a", "b"],
            EntityType = "issue",
            EntityId = "ISS-1",
            TriggerType = TriggerType.IssueResolution,
            Outcome = TriggerOutcome.Abandoned,
            Duration = TimeSpan.FromMilliseconds(1234.5),
            QualityScore = 0.25,
            ExpiresAt = Any.Time.AddDays(400).AddTicks(7),
            TraceId = new string('a', 32),
            SpanId = new string('b', 16),
            ParentId = Any.Id(),
            SupersededBy = Any.Id(),
            SupersededAt = Any.Time,
            Occurrences = 3,
            LastSeenAt = Any.Time,
            SimilarTo = Any.Id(),
            Provenance = new Provenance { Module = "m", TaskId = "t", SessionId = "s", CreatedBy = "c", CreatedAt = Any.Time, UpdatedBy = "u", UpdatedAt = Any.Time },
        };

        var document = JsonText.Of(EntryDocument.Of(entry), indented: false);

        Assert.Equal(JsonSerializer.Serialize(entry, MemoryJson.Compact.MemoryEntry), document);
    }

    [Fact]
    public void Of_PlainMemory_LeavesOutWhatIsNotThere()
    {
        var entry = Any.Entry();

        var document = EntryDocument.Of(entry);

        Assert.Equal(JsonSerializer.Serialize(entry, MemoryJson.Compact.MemoryEntry), JsonText.Of(document, indented: false));
        Assert.Null((JsonNode?)document["trace_id"]);
    }
}
