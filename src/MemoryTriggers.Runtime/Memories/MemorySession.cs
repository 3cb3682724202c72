namespace MemoryTriggers;

/// <summary>
/// Until it is disposed of, what the same flow of calls keeps through <see cref="MemoryModule"/> belongs to this session. Sessions may be
/// nested in each other; the innermost counts.
/// </summary>
public sealed class MemorySession : IDisposable
{
    private static readonly AsyncLocal<MemorySession?> Ambient = new();
    private readonly MemorySession? _outer;

    internal MemorySession(string id)
    {
        (Id, _outer) = (id, Ambient.Value);
        Ambient.Value = this;
    }

    /// <summary>What <see cref="MemoryQuery.SessionId"/> asks for.</summary>
    public string Id { get; }

    internal static string? CurrentId => Ambient.Value?.Id;

    /// <summary>Ends it. Again is harmless.</summary>
    public void Dispose()
    {
        if (Ambient.Value == this) Ambient.Value = _outer;
    }
}
