using System.IO.Pipelines;
using MemoryTriggers.Decoding;
using MemoryTriggers.Recall;

namespace MemoryTriggers.Transfer;

/// <summary>Reads memories from JSON Lines, as <see cref="MemoryExport"/> writes them, and stores them in batches.</summary>
internal sealed class MemoryImport(IMemoryBackend backend, ImportOptions options, MemoryQuery scope)
{
    private const int BatchSize = 500;
    private readonly List<ImportedLine> _batch = [];
    private long _line;
    private long _stored;
    private long _kept;
    private long _skipped;

    public async Task<(long Stored, long Kept, long Skipped)> ReadAsync(
        Stream source, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (await NextAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
            {
                _line++;
                if (await ParseAsync(line, cancellationToken).ConfigureAwait(false) is { } entry)
                    _batch.Add(new ImportedLine(_line, entry));
                if (_batch.Count == BatchSize) await StoreAsync(cancellationToken).ConfigureAwait(false);
                progress?.Report(_line);
            }

            await StoreAsync(cancellationToken).ConfigureAwait(false);
            return (_stored, _kept, _skipped);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<byte[]?> NextAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await LineReader.NextAsync(reader, options.MaxLineBytes, _line + 1, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException)
        {
            await StoreAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<MemoryEntry?> ParseAsync(byte[] line, CancellationToken cancellationToken)
    {
        if (line.AsSpan().IndexOfAnyExcept(" \t\r"u8) < 0) return null;
        try
        {
            return ContextUser.Fill(MemoryLine.Read(line));
        }
        catch (FormatException exception)
        {
            if (!options.SkipInvalid)
            {
                await StoreAsync(cancellationToken).ConfigureAwait(false);
                throw new FormatException($"Line {_line} is no memory: {exception.Message} The lines before it are imported.", exception);
            }

            _skipped++;
            return null;
        }
    }

    // As a change, and not as something new: what is imported is no repeat of what is there.
    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var lines = await StorableAsync(cancellationToken).ConfigureAwait(false);
        _kept += _batch.Count - lines.Count;
        _batch.Clear();
        var (sound, closing) = await ImportedReplacements.DivideAsync(backend, lines, cancellationToken).ConfigureAwait(false);
        var invalid = closing is [var first, ..] && !options.SkipInvalid ? first : (ImportedLine?)null;
        var batch = sound.Where(line => invalid is null || line.Number < invalid.Value.Number).Select(static line => line.Entry).ToList();
        if (batch.Count > 0) await backend.ChangeAsync(batch[0].Id, _ => batch, cancellationToken).ConfigureAwait(false);
        _stored += batch.Count;
        if (invalid is { } bad)
        {
            throw new FormatException($"Line {bad.Number} is no valid memory: {bad.Entry.Id} would be replaced by " +
                $"{bad.Entry.SupersededBy}, which it replaces itself, directly or through others. The lines before it are imported.");
        }

        _skipped += closing.Count;
    }

    private async Task<List<ImportedLine>> StorableAsync(CancellationToken cancellationToken)
    {
        var seesAll = scope is { AllProjects: true, UserId: null, VisibleTo: null };
        if (options.ReplaceExisting && seesAll) return [.. _batch];

        var storable = new List<ImportedLine>();
        foreach (var line in _batch)
        {
            var known = await backend.GetAsync(line.Entry.Id, cancellationToken).ConfigureAwait(false);
            if (known is null || options.ReplaceExisting && MemoryRecallScope.Sees(scope, known)) storable.Add(line);
        }

        return storable;
    }
}
