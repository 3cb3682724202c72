using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Soak;

/// <summary>Which file is behind a handle, a path or an address. Linux only.</summary>
internal static unsafe partial class OpenFiles
{
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint InodeMask = 0x100;
    private const int StatBytes = 256;
    private const int InodeOffset = 32;

    /// <summary>The name of the file, without its folder.</summary>
    public static string NameOf(SafeFileHandle file) =>
        Path.GetFileName(new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget ?? "");

    public static ulong InodeOf(SafeFileHandle file) => Inode((int)file.DangerousGetHandle(), "", EmptyPath);

    public static ulong InodeOf(string path) => Inode(CurrentDirectory, path, 0);

    /// <summary>The file that is mapped at the address, and where in it the address is.</summary>
    public static (ulong Inode, long Offset) MappedAt(nint address)
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            // start-end permissions offset device inode path
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var range = parts[0].Split('-');
            var start = nint.Parse(range[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (address < start || address >= nint.Parse(range[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) continue;
            var offset = long.Parse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            return (ulong.Parse(parts[4], CultureInfo.InvariantCulture), offset + (address - start));
        }

        throw new InvalidOperationException("Nothing is mapped there");
    }

    private static ulong Inode(int directory, string path, int flags)
    {
        var buffer = stackalloc byte[StatBytes];
        return Statx(directory, path, flags, InodeMask, buffer) == 0 ? *(ulong*)(buffer + InodeOffset) : throw new IOException($"statx of '{path}' failed");
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);
}
