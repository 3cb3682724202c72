using System.Text;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Hooks;

/// <summary>Writes the metadata of an event, in so many bytes of the record at most.</summary>
internal static class HookMetadata
{
    private const string Omitted = "metadata_omitted";

    // Less than this says nothing.
    private const int ShortestText = 32;

    public static void Write(CaptureRecord record, HookEvent hook, int maxBytes)
    {
        var end = record.Buffer.Position + maxBytes;
        record.Metadata("hook_type", HookTypes.Name(hook.Type));
        var omitted = 0;
        foreach (var (name, value) in hook.Metadata)
        {
            if (!TryWrite(record, name, value, end)) omitted++;
        }

        if (omitted > 0) record.Metadata(Omitted, omitted);
    }

    private static bool TryWrite(CaptureRecord record, string name, object? value, int end)
    {
        var start = record.Buffer.Position;
        record.Metadata(name, value);
        if (record.Buffer.Position <= end) return true;

        record.Buffer.Position = start;
        var room = end - start - Encoding.UTF8.GetByteCount(name) - 16;
        if (value is not string text || room < ShortestText) return false;
        record.Metadata(name, Fitting(text, room));
        return true;
    }

    private static string Fitting(string text, int maxBytes)
    {
        // Three bytes a character at most: where that would waste the room, the text is of few-byte characters, and twice as many may fit.
        for (var limit = Math.Min(text.Length - 1, maxBytes); ; limit = limit * 3 / 4)
        {
            var cut = HookText.Cut(text, Math.Max(limit, ShortestText / 3));
            if (Encoding.UTF8.GetByteCount(cut) <= maxBytes || limit <= ShortestText / 3) return cut;
        }
    }
}
