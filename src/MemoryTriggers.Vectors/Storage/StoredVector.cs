using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemoryTriggers.Vectors;

/// <summary>The meaning of a memory, and what a search filters by before it reads the memory itself.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Hash">Of the text that it is the meaning of.</param>
/// <param name="Project">The project of the memory.</param>
/// <param name="CreatedAt">When it was made, in UTC ticks.</param>
/// <param name="Values">The vector, of length 1.</param>
internal sealed record StoredVector(Guid Id, long Hash, string Project, long CreatedAt, float[] Values)
{
    public static long HashOf(string text) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
