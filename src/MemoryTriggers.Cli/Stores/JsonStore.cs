using System.Text.Json;
using MemoryTriggers.Backends.JsonFile;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Files;
using MemoryTriggers.Transfer;

namespace MemoryTriggers.Cli.Stores;

/// <summary>The file of a JSON store, checked before it is opened: opening an unreadable file would move it aside.</summary>
internal static class JsonStore
{
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static MemoryDocument RequireReadable(string path, TimeProvider time)
    {
        try
        {
            return new MemoryFile(path, SystemDisk.Instance, time).Read() ?? throw new CommandException($"There is no file {path}.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new CommandException($"{path} is no store that this version can read: {exception.Message}", cause: exception);
        }
    }
}
