using MemoryTriggers.Memories;
using MemoryTriggers.Protection;
using MemoryTriggers.Transfer;

namespace MemoryTriggers;

/// <content>Export, import and maintenance.</content>
public sealed partial class MemoryModule
{
    /// <summary>
    /// Writes memories as JSON Lines: UTF-8, one on each line, the newest first. What <see cref="ImportAsync"/> reads is the same again.
    /// </summary>
    /// <param name="target">Where to; it stays open.</param>
    /// <param name="query">Which ones; all of the project, with their past, when none is given.</param>
    /// <param name="progress">Receives the number of written memories.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many.</returns>
    public async Task<long> ExportAsync(Stream target, MemoryQuery? query = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var suppressed = TriggerHub.SuppressCapture();
        var entries = ReadAllAsync(query ?? new MemoryQuery { IncludePast = true }, cancellationToken);
        return await MemoryExport.WriteAsync(entries.Select(Readable), target, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads memories from JSON Lines and keeps them under their ids, with everything that belongs to them. Again is harmless.
    /// </summary>
    /// <param name="source">Where from; it stays open. A compressed file goes through a
    /// <see cref="System.IO.Compression.GZipStream"/>.</param>
    /// <param name="options">The handling of existing memories, and of invalid lines.</param>
    /// <param name="progress">Receives the number of read lines.</param>
    /// <param name="cancellationToken">Stops; what is imported by then stays.</param>
    /// <returns>
    /// How many memories it stored, how many were there already and stayed as they are, and how many lines were no memories.
    /// </returns>
    /// <exception cref="FormatException">
    /// A line is no memory, or its memory and others would replace each other in a circle; the message names the line. The lines before it
    /// are imported.
    /// </exception>
    public async Task<(long Stored, long Kept, long Skipped)> ImportAsync(
        Stream source, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var suppressed = TriggerHub.SuppressCapture();
        options ??= new ImportOptions();
        return await new MemoryImport(_backend, options, Scope(options.Scope ?? Default)).ReadAsync(source, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Runs one retention pass now, as happens automatically every <see cref="RetentionOptions.Interval"/>. Reads all memories: those that
    /// replace each other in a circle, which earlier versions of this library allowed, are opened: the one replaced last is current again.
    /// </summary>
    /// <param name="progress">Receives the number of scanned memories.</param>
    /// <param name="cancellationToken">Stops; what is done by then is done.</param>
    /// <returns>
    /// How many memories were removed at a time of their own, how many after a period of <see cref="RetentionOptions"/>, how many of them
    /// were archived before, and how many values were compressed.
    /// </returns>
    /// <exception cref="InvalidOperationException">This module is one of the command line, and has no rules.</exception>
    /// <exception cref="IOException">The archive cannot be written; nothing that is not in it was deleted.</exception>
    public async Task<(long Expired, long Retired, long Archived, long Compressed)> CleanUpAsync(
        IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        var retention = Upkeep.Retention;
        await ReplacementCycles.BreakAllAsync(_backend, cancellationToken).ConfigureAwait(false);
        return await retention.RunAsync(progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Encrypts every value with the present key that is not, as after a new key was put first into the key file.</summary>
    /// <param name="progress">Receives the number of scanned memories.</param>
    /// <param name="cancellationToken">Stops; again goes on.</param>
    /// <returns>How many were encrypted again.</returns>
    /// <exception cref="InvalidOperationException">Values are neither encrypted nor compressed here.</exception>
    public async Task<long> RotateKeysAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        var protecting = Upkeep.Protecting ?? throw new InvalidOperationException($"Values are not encrypted. Set " +
            $"{nameof(ProtectionOptions)}.{nameof(ProtectionOptions.KeyFile)} first.");
        return await protecting.RotateAsync(progress, cancellationToken).ConfigureAwait(false);
    }

    // Better no file than one that looks complete.
    private static MemoryEntry Readable(MemoryEntry entry) => UnreadableValue.Is(entry.Value)
        ? throw new MemoryBackendException("protection", $"the value of the memory {entry.Id} cannot be read", isTransient: false)
        : entry;

    private MemoryUpkeep Upkeep =>
        _upkeep ?? throw new InvalidOperationException("This module has no rules of retention; use that of a service, or open one.");
}
