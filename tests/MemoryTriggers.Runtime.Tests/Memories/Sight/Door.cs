namespace MemoryTriggers.Runtime.Tests.Memories.Sight;

/// <summary>A way to write, read or change memories, as the table of docs/who-sees-what.md lists it.</summary>
internal abstract record Door;

/// <summary>Makes one memory, whose category is <see cref="World.Category"/> or what the door sets by itself.</summary>
internal sealed record Writing(Func<World, Task> Write) : Door;

/// <summary>Finds labels of seeded memories. The query is <see langword="null"/>, or leaves the scope or filters by session.</summary>
internal sealed record Reading(Func<World, MemoryQuery?, Task<IEnumerable<string>>> Read) : Door
{
    /// <summary>Changes what is seeded.</summary>
    public Func<MemoryEntry, MemoryEntry> Seed { get; init; } = static entry => entry;

    /// <summary>Whether it answers with the newest one only.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Whether it takes a query.</summary>
    public bool TakesQuery { get; init; } = true;

    /// <summary>Whether the answer is a number, given as that many empty labels.</summary>
    public bool Counts { get; init; }
}

/// <summary>Reads or changes one seeded memory by its id.</summary>
internal sealed record ById(Func<World, Guid, MemoryQuery?, Task<bool>> Reach) : Door
{
    /// <summary>Whether it takes a scope.</summary>
    public bool TakesScope { get; init; } = true;
}

/// <summary>Acts on behalf of a memory; has a test of its own.</summary>
internal sealed record OnBehalf(Func<World, MemoryEntry, Task> Check) : Door;
