using MemoryTriggers.Postgres.Connections;

namespace MemoryTriggers.Postgres.Schema;

/// <summary>One numbered step of the schema.</summary>
internal sealed record PostgresMigration(int Version, string Description, Func<SchemaNames, string> Sql);
