using System.Text.Json;
using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// What policies remember, on disk beside the journal of their process: a small file, replaced as a whole, so that a crash leaves the old
/// one or the new one. One thread at a time; its problems are for all.
/// </summary>
internal sealed class PolicyStateFile(string folder, IReadOnlyList<IRemembering> parts, IDisk disk, ILogger logger)
{
    public const string FileName = "policy-state.json";

    private const int Form = 1;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path = Path.Combine(folder, FileName);
    private long[]? _saved;
    private volatile string? _damaged;
    private volatile string? _unsaved;

    /// <summary>The problems, one per line, for health.</summary>
    public IEnumerable<string> Problems => ((string?[])[_damaged, _unsaved]).OfType<string>();

    /// <summary>Gives the parts what was written last. An unreadable file is set aside, and the parts start empty.</summary>
    public void Restore()
    {
        try
        {
            if (disk.FileExists(_path)) Restore(DurableFile.Read(_path, disk));
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IOException
                or UnauthorizedAccessException)
        {
            Log.StateUnreadable(logger, _path, exception);
            SetAside();
        }

        _saved = Versions();
    }

    /// <summary>Writes what is remembered, if it is something else than before.</summary>
    public void Save()
    {
        var versions = Versions();
        if (_saved is { } saved && saved.AsSpan().SequenceEqual(versions)) return;
        try
        {
            DurableFile.Replace(_path, Write(), disk, OwnerOnly);
            (_saved, _unsaved) = (versions, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk: the old file stays, and it is tried again. Said once, not every few seconds.
            if (_unsaved is null) Log.StateNotSaved(logger, _path, exception.Message);
            _unsaved = $"the state of policies cannot be saved to {_path}: {exception.Message}";
        }
    }

    private long[] Versions() => [.. parts.Select(static part => part.Version)];

    private void Restore(byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (root.GetProperty("form").GetInt32() != Form) throw new FormatException("it is of another version");
        foreach (var part in parts)
        {
            if (root.TryGetProperty(part.Part, out var saved)) part.Restore(saved);
        }
    }

    private byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("form", Form);
            foreach (var part in parts)
            {
                json.WritePropertyName(part.Part);
                part.Save(json);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void SetAside()
    {
        var aside = $"{_path}.damaged";
        _damaged = $"the state of policies was damaged and is now {aside}; limits, cooldowns and execution counts started from zero";
        try
        {
            DurableFile.Rename(_path, aside, disk);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is written over, then.
            _damaged = $"the state of policies in {_path} cannot be read; limits, cooldowns and execution counts started from zero";
            Log.StateNotSetAside(logger, _path, exception.Message);
        }
    }
}
