using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Files;

/// <summary>Which file it is, whatever its name, and of what kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Device">The device that holds it; 0 where the system does not tell.</param>
/// <param name="Number">Its number there (inode); 0 where the system does not tell.</param>
/// <param name="Names">How many names it has; none after it was deleted.</param>
internal readonly record struct FileFacts(PathKind Kind, ulong Device, ulong Number, uint Names)
{
    // struct statx of Linux, the same on every processor: man 2 statx.
    private const int StatBytes = 256;
    private const int NamesAt = 16;
    private const int ModeAt = 28;
    private const int NumberAt = 32;
    private const int MajorAt = 136;
    private const int MinorAt = 140;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFacts = 0x7ff;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int FolderType = 0x4000;
    private const int LinkType = 0xA000;

    /// <summary>What a path names; a link is not followed.</summary>
    public static FileFacts Of(string path) =>
        OperatingSystem.IsLinux() && TryStat(CurrentFolder, path, NoFollow) is { } facts ? facts : Portable(path);

    /// <summary>An open file; <see langword="null"/> where the system does not tell.</summary>
    public static FileFacts? Of(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return TryStat((int)file.DangerousGetHandle(), "", EmptyPath);
        }
        finally
        {
            if (isHeld) file.DangerousRelease();
        }
    }

    /// <summary>Whether both are known to be one file.</summary>
    public bool IsSameFile(FileFacts other) => Number != 0 && (Device, Number) == (other.Device, other.Number);

    private static unsafe FileFacts? TryStat(int folder, string path, int flags)
    {
        Span<byte> facts = stackalloc byte[StatBytes];
        fixed (byte* buffer = facts)
        {
            try
            {
                if (NativeMethods.Stat(folder, path, flags, BasicFacts, buffer) != 0) return null;
            }
            catch (EntryPointNotFoundException)
            {
                // A C library without the call.
                return null;
            }
        }

        var kind = (BinaryPrimitives.ReadUInt16LittleEndian(facts[ModeAt..]) & TypeMask) switch
        {
            RegularType => PathKind.File,
            FolderType => PathKind.Folder,
            LinkType => PathKind.Link,
            _ => PathKind.Special,
        };
        var device = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(facts[MajorAt..]) << 32)
            | BinaryPrimitives.ReadUInt32LittleEndian(facts[MinorAt..]);
        return new FileFacts(
            kind, device, BinaryPrimitives.ReadUInt64LittleEndian(facts[NumberAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(facts[NamesAt..]));
    }

    private static FileFacts Portable(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists && !Directory.Exists(path) && file.LinkTarget is null) return default;
        var attributes = file.Attributes;
        var kind = attributes.HasFlag(FileAttributes.ReparsePoint) && file.LinkTarget is not null ? PathKind.Link
            : attributes.HasFlag(FileAttributes.Directory) ? PathKind.Folder
            : attributes.HasFlag(FileAttributes.Device) ? PathKind.Special
            : PathKind.File;
        return new FileFacts(kind, 0, 0, 1);
    }
}
