using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// What policies remember, on disk beside the journal of their process: a small file, written anew as a whole and put in the place of the old one, so that a crash
/// leaves one or the other. One thread at a time.
/// </summary>
internal sealed class PolicyStateFile(string folder, IReadOnlyList<IRemembering> parts, ILogger logger)
{
    public const string FileName = "policy-state.json";

    private const int Form = 1;
    private readonly string _path = Path.Combine(folder, FileName);
    private long[]? _saved;

    /// <summary>Gives the parts what was written last. What cannot be read is set aside, and the parts begin afresh.</summary>
    public void Restore()
    {
        try
        {
            if (File.Exists(_path)) Restore(File.ReadAllBytes(_path));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IOException or UnauthorizedAccessException)
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
            Replace(Write());
            _saved = versions;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk: the old file stays, and it is tried again.
            Log.StateNotSaved(logger, _path, exception.Message);
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

    private void Replace(byte[] text)
    {
        var temporary = $"{_path}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(text);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }

    private void SetAside()
    {
        try
        {
            File.Move(_path, $"{_path}.damaged", overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is written over, then.
            Log.StateNotSaved(logger, _path, exception.Message);
        }
    }
}
