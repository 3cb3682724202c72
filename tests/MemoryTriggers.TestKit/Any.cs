using MemoryTriggers.Conformance;

namespace MemoryTriggers.TestKit;

/// <summary>Valid objects whose details do not matter to a test: <see cref="SampleMemories"/> under a short name.</summary>
public static class Any
{
    public static DateTimeOffset Time => SampleMemories.Time;

    public static Guid Id() => SampleMemories.Id();

    public static MemoryEntry Entry(string content = "The nightly build succeeded") => SampleMemories.Entry(content);

    public static IReadOnlyList<MemoryEntry> Entries(int count) => SampleMemories.Entries(count);
}
