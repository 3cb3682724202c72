using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>A part of the policies that remembers something which a restart must not lose. Thread-safe.</summary>
internal interface IRemembering
{
    /// <summary>Its name in the file.</summary>
    string Part { get; }

    /// <summary>Greater when there is something new to remember.</summary>
    long Version { get; }

    /// <summary>Writes one value: all that it remembers.</summary>
    void Save(Utf8JsonWriter json);

    /// <summary>Takes over what an earlier process has written; called before anything is decided.</summary>
    /// <exception cref="InvalidOperationException">It is of another form.</exception>
    /// <exception cref="FormatException">It is of another form.</exception>
    void Restore(JsonElement saved);
}
