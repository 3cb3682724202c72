using System.Text;
using MemoryTriggers.Files;
using MemoryTriggers.Yaml;

namespace MemoryTriggers.Configuration;

/// <summary>Files with settings, on disk.</summary>
internal static class SettingFile
{
    /// <returns>Why it cannot be read; <see langword="null"/> when it is.</returns>
    public static string? TryRead(string path, out string text)
    {
        text = "";
        try
        {
            // Programs that write or replace the file must not be blocked.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > YamlTree.MaxBytes) return $"the document has {file.Length} bytes; at most {YamlTree.MaxBytes} are read";
            using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            text = reader.ReadToEnd();
            return null;
        }
        catch (DecoderFallbackException)
        {
            return "the file is not UTF-8";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the file cannot be read: {exception.Message}";
        }
    }

    /// <summary>The file of an environment beside the one for all: <c>memory.production.yaml</c> beside <c>memory.yaml</c>.</summary>
    public static string ForEnvironment(string path, string environment) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.{environment}{Path.GetExtension(path)}");

    /// <summary>Writes a file in one step: readers see the old one or the new one, also when several processes write it.</summary>
    /// <param name="path">The file. Its access rights stay; a new one is private.</param>
    /// <param name="text">Its content.</param>
    /// <param name="replaces">Whether it may be there already.</param>
    /// <exception cref="IOException">It cannot be written, or is there already.</exception>
    public static void Replace(string path, string text, bool replaces = true) =>
        WholeFile.Write(path, partial =>
        {
            using var file = PrivateFile.Open(partial, FileMode.Truncate, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(text));
        }, replaces);

    /// <returns>Who besides its owner may read the file; <see langword="null"/> when no one, or when that is unknown.</returns>
    public static string? OtherReaders(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path)) return null;
        var mode = File.GetUnixFileMode(path);
        return (mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0 ? "everybody"
            : (mode & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite)) != 0 ? "its group" : null;
    }
}
