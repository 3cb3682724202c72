namespace MemoryTriggers.Postgres.Connections;

/// <summary>The qualified names of the objects in the schema. Its name is checked, so that nothing in it needs escaping.</summary>
internal sealed class SchemaNames(string schema)
{
    public const string Memory = "memory";
    public const string Others = "memory_others";

    public string Schema { get; } = schema;

    public string MemoryTable { get; } = $"\"{schema}\".{Memory}";

    /// <summary>For entries without a month: ids that are not in time order, or of an implausible time.</summary>
    public string OthersTable { get; } = $"\"{schema}\".{Others}";

    public string VersionTable { get; } = $"\"{schema}\".schema_version";

    public string JobTable { get; } = $"\"{schema}\".job";

    /// <summary>The words of all memories.</summary>
    public string WordTable { get; } = $"\"{schema}\".memory_word";

    /// <summary>The index that finds a word by parts of it, where the server has pg_trgm.</summary>
    public string WordTrigrams { get; } = $"\"{schema}\".memory_word_trigrams";

    /// <summary>The channel on which writers tell what they wrote.</summary>
    public string Channel { get; } = $"memory_triggers_{schema}";

    /// <summary>The channel on which those who add work tell in which queue.</summary>
    public string WorkChannel { get; } = $"memory_triggers_{schema}_work";

    public string Of(string table) => $"\"{Schema}\".\"{table}\"";

    /// <summary>A number for an advisory lock, as an expression; the locks of different schemas differ.</summary>
    public string Lock(string purpose) => $"hashtextextended('memory_triggers/{Schema}/{purpose}', 0)";
}
