using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Reading;

/// <summary>Joins the identity of the new symbols with the path of the old.</summary>
internal static class DebugHeaders
{
    // "RSDS", a GUID and an age; the path follows, and ends with a zero.
    private const int PathOffset = 24;

    public static ImageDebugHeader Merge(ImageDebugHeader written, ImageDebugHeader original)
    {
        var path = original.Entries.FirstOrDefault(static entry =>
            entry.Directory.Type == ImageDebugType.CodeView)?.Data.Skip(PathOffset).ToArray();
        return path is null ? written : new ImageDebugHeader([.. written.Entries.Select(entry => WithPath(entry, path))]);
    }

    private static ImageDebugHeaderEntry WithPath(ImageDebugHeaderEntry entry, byte[] path)
    {
        if (entry.Directory.Type != ImageDebugType.CodeView) return entry;

        byte[] data = [.. entry.Data.Take(PathOffset), .. path];
        var directory = entry.Directory;
        directory.SizeOfData = data.Length;
        return new ImageDebugHeaderEntry(directory, data);
    }
}
