using LiteDB;
using MemoryTriggers.Documents;

namespace MemoryTriggers.DataFile;

/// <summary>Reads every memory by every index: LiteDB has no check of its own.</summary>
internal static class IntegrityCheck
{
    /// <exception cref="InvalidDataException">An index does not agree with the memories. Bad pages show as other errors.</exception>
    public static void Run(ILiteCollection<BsonDocument> memories)
    {
        var count = 0L;
        foreach (var document in memories.FindAll())
        {
            EntryDocument.Read(document);
            count++;
        }

        var ordered = memories.Query().OrderByDescending("$." + EntryDocument.Order).Select("{_id}").ToEnumerable().LongCount();
        var keyed = memories.Query().Where(BsonExpression.Create($"{EntryDocument.Keys}[*] ANY >= @0", int.MinValue))
            .Select("{_id}").ToEnumerable().LongCount();
        if (ordered != count || keyed != count) throw new InvalidDataException("An index does not agree with the memories.");
    }
}
