namespace MemoryTriggers.Backends.Sqlite;

/// <summary>One numbered step of the schema, applied in one transaction.</summary>
internal sealed record SqliteMigration(int Version, string Description, string Sql);
