using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Retention;

/// <summary>
/// Up to when a pass has scanned the memories of a store, in a small file of the data folder, so that a start does not scan all of them
/// again. After 30 days it starts again, for memories that came later with an old date: imported ones, or those of a restored backup. One
/// thread at a time.
/// </summary>
/// <param name="path">The file; <see langword="null"/> to remember it in memory only.</param>
/// <param name="store">The name of the store: what is said of another one does not count.</param>
/// <param name="problems">Learns of a file that is damaged and was set aside.</param>
/// <param name="disk">The disk that holds the file.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns of a file that cannot be written.</param>
internal sealed class PassMark(string? path, string store, ProblemLog problems, IDisk disk, TimeProvider time, ILogger logger)
{
    private const int Form = 2;
    private static readonly TimeSpan RestartInterval = TimeSpan.FromDays(30);
    private readonly SideFile? _file = path is null ? null : new SideFile(
        path, "the mark of a pass over all memories", "the pass scans them again", problems, disk, time);
    private (DateTimeOffset Until, DateTimeOffset Begun)? _mark;
    private bool _isRead;

    /// <summary>Memories before this time are done; <see langword="null"/> when all memories are to be scanned.</summary>
    public DateTimeOffset? Until
    {
        get
        {
            var now = time.GetUtcNow();
            // A time in the future was written by a wrong clock.
            return Known() is { } mark && mark.Until <= now && mark.Begun <= now && now - mark.Begun < RestartInterval ? mark.Until : null;
        }
    }

    /// <summary>Everything that was made before is done now.</summary>
    /// <param name="until">That time.</param>
    /// <param name="isFromTheBeginning">Whether all memories were scanned.</param>
    public void Reached(DateTimeOffset until, bool isFromTheBeginning)
    {
        var mark = (Until: until, Begun: isFromTheBeginning || Known() is not { } known ? time.GetUtcNow() : known.Begun);
        (_mark, _isRead) = (mark, true);
        if (_file is null) return;
        try
        {
            _file.Replace(Write(mark.Until, mark.Begun));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start scans more than it needs to.
            Log.MarkNotWritten(logger, _file.Path, exception.Message);
        }
    }

    private (DateTimeOffset Until, DateTimeOffset Begun)? Known()
    {
        if (!_isRead) (_mark, _isRead) = (Read(), true);
        return _mark;
    }

    private (DateTimeOffset Until, DateTimeOffset Begun)? Read()
    {
        (DateTimeOffset, DateTimeOffset)? mark = null;
        _file?.TryRead(
            bytes =>
            {
                var root = JsonElement.Parse(bytes);
                if (root.GetProperty("form").GetInt32() == Form && root.GetProperty("store").GetString() == store)
                    mark = (root.GetProperty("until").GetDateTimeOffset(), root.GetProperty("begun").GetDateTimeOffset());
            },
            static exception => exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException);
        return mark;
    }

    private byte[] Write(DateTimeOffset until, DateTimeOffset begun)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("form", Form);
            json.WriteString("store", store);
            json.WriteString("until", until);
            json.WriteString("begun", begun);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
