using LiteDB;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Documents;

/// <summary>The step to version 2: users have a field of their own, filled from the context of what triggers captured before.</summary>
internal static class UserFill
{
    private const int BatchSize = 500;

    public static void Run(ILiteCollection<BsonDocument> memories)
    {
        var candidates = BsonExpression.Create("type != null AND value LIKE @0", "%\"user_id\"%");
        List<Guid> ids = [.. memories.Query().Where(candidates).Select("{_id}").ToEnumerable().Select(static found => found["_id"].AsGuid)];
        foreach (var batch in ids.Chunk(BatchSize))
            memories.Update(batch.Select(id => EntryDocument.Write(ContextUser.Fill(EntryDocument.Read(memories.FindById(id))))).ToList());
    }
}
