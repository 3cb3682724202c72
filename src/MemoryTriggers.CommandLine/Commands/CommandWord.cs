using MemoryTriggers.Capture;

namespace MemoryTriggers.Commands;

/// <summary>An option or an argument that was given.</summary>
/// <param name="Name">Its name, with what it is before it: <c>option.branch</c>.</param>
/// <param name="Text">The recorded part of its value.</param>
/// <param name="Secrets">Its values, where they are secrets.</param>
internal sealed record CommandWord(string Name, string Text, IReadOnlyList<string> Secrets)
{
    public void WriteTo(CaptureRecord record)
    {
        foreach (var secret in Secrets) record.Sensitive(secret);
        record.Metadata(Name, Text);
    }
}
