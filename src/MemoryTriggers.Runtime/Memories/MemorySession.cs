namespace MemoryTriggers;

/// <summary>
/// Until it is disposed of, what the same flow of calls keeps through <see cref="MemoryModule"/> belongs to this session. Sessions may be
/// nested in each other; the innermost counts.
/// </summary>
public sealed class MemorySession : IDisposable
{
    private readonly IDisposable _context;

    internal MemorySession(string id) => (Id, _context) = (id, MemoryContext.Begin(new() { SessionId = id }));

    /// <summary>What <see cref="MemoryQuery.SessionId"/> asks for.</summary>
    public string Id { get; }

    /// <summary>Ends it. Again is harmless.</summary>
    public void Dispose() => _context.Dispose();
}
