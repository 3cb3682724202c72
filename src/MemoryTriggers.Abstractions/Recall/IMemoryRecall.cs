namespace MemoryTriggers;

/// <summary>
/// Finds what was remembered. Safe for concurrent use. Looks at one project only, unless
/// <see cref="MemoryQuery.AllProjects"/> is set: the one in the query, else that of the <see cref="MemoryContext"/>, else the configured
/// one. Inside a context with a user it finds the memories of this user and of no user, unless the query names a user or
/// <see cref="MemoryQuery.AllUsers"/> is set. Leaves out memories that others replace,
/// and those that have expired, unless <see cref="MemoryQuery.IncludePast"/> or <see cref="MemoryQuery.AsOf"/> asks for them.
/// </summary>
/// <remarks>Recall sees what is stored. What was captured a moment ago is stored after <c>FlushAsync</c> at the latest.</remarks>
/// <exception cref="MemoryBackendException">The store does not answer. An outage is never an empty answer.</exception>
public interface IMemoryRecall
{
    /// <summary>
    /// The memory with that id, also one that another replaces; <see langword="null"/> when there is none, it has expired, or it is of
    /// another project or user.
    /// </summary>
    ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    ValueTask<MemoryEntry?> GetAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken = default);

    /// <summary>The newest memory with that key, or <see langword="null"/>.</summary>
    ValueTask<MemoryEntry?> GetByKeyAsync(string key, MemoryQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>The memories that match, newest first. Without a query the newest of the project.</summary>
    ValueTask<IReadOnlyList<MemoryEntry>> ListAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The memories that answer a question, best first: words are stemmed, filler words ignored, and any of the others
    /// may match. Words in double quotes count most where they appear in a row. Any text is allowed,
    /// <c>why did the push to ISS-0124 fail?</c> as well as stray quotes and operators. A text without any word answers nothing.
    /// </summary>
    ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(
        string text, MemoryQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// As <see cref="SearchAsync"/>, in short: the values of memories are not read. Read what is worth it by <c>GetManyAsync</c>.
    /// What expired within the last minute may still be among them.
    /// </summary>
    ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The memories with these ids, in this order. Those that are not there, have expired, or are of another project or user are left out.
    /// </summary>
    ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, MemoryQuery scope,
        CancellationToken cancellationToken = default);

    /// <summary>How many memories match. What expired within the last minute may still be counted.</summary>
    ValueTask<long> CountAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default);
}
