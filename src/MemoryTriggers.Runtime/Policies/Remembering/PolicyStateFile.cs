using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// What policies remember, on disk beside the journal of their process: a small file, replaced as a whole, so that a crash leaves the old
/// one or the new one. One thread at a time; its problems are for all.
/// </summary>
internal sealed class PolicyStateFile(
    string folder, IReadOnlyList<IRemembering> parts, ProblemLog problems, IDisk disk, TimeProvider time, ILogger logger)
{
    public const string FileName = "policy-state.json";

    private const int Form = 1;
    private readonly SideFile _file = new(Path.Combine(folder, FileName), "the state of policies",
        "limits, cooldowns and execution counts started from zero", problems, disk, time);
    private long[]? _saved;
    private volatile string? _unsaved;

    /// <summary>Why it cannot be saved now, for health; <see langword="null"/> when it can.</summary>
    public string? Problem => _unsaved;

    /// <summary>Gives the parts what was written last. An unreadable file is set aside, and the parts start empty.</summary>
    public void Restore()
    {
        _file.TryRead(Restore, static exception => exception
            is JsonException or InvalidOperationException or FormatException or KeyNotFoundException);
        _saved = Versions();
    }

    /// <summary>Writes what is remembered, if it is something else than before.</summary>
    public void Save()
    {
        var versions = Versions();
        if (_saved is { } saved && saved.AsSpan().SequenceEqual(versions)) return;
        try
        {
            _file.Replace(Write());
            (_saved, _unsaved) = (versions, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk: the old file stays, and it is tried again. Said once, not every few seconds.
            if (_unsaved is null) Log.StateNotSaved(logger, _file.Path, exception.Message);
            _unsaved = $"the state of policies cannot be saved to {_file.Path}: {exception.Message}";
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
}
