using System.Text;
using MemoryTriggers.Postgres.Connections;

namespace MemoryTriggers.Postgres.Columns;

/// <summary>Tags as PostgreSQL writes an array, each in quotes.</summary>
internal static class TagLiteral
{
    public static string Write(IReadOnlyList<string> tags)
    {
        if (tags.Count == 0) return "{}";

        var literal = new StringBuilder("{");
        for (var i = 0; i < tags.Count; i++)
        {
            if (i > 0) literal.Append(',');
            literal.Append('"').Append(PostgresText.Write(tags[i]).Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
        }

        return literal.Append('}').ToString();
    }
}
