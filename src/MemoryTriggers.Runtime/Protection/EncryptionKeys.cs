using System.Buffers.Text;
using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Protection;

/// <summary>The keys: one to write with, and all to read with. What is wrong with them is said without anything of them.</summary>
internal sealed class EncryptionKeys
{
    private const int MaxLength = 1024 * 1024;
    private readonly Dictionary<string, EncryptionKey> _byName;

    private EncryptionKeys(IReadOnlyList<EncryptionKey> keys, string place)
    {
        (Current, Place) = (keys[0], place);
        _byName = keys.ToDictionary(static key => key.Name, StringComparer.Ordinal);
    }

    /// <summary>The key for new values.</summary>
    public EncryptionKey Current { get; }

    /// <summary>Where they come from, for messages.</summary>
    public string Place { get; }

    public EncryptionKey? Find(string name) => _byName.GetValueOrDefault(name);

    /// <param name="options">Where the keys are.</param>
    /// <param name="folder">The folder at which a relative path begins.</param>
    /// <param name="logger">Learns of a file that others may read.</param>
    /// <returns><see langword="null"/> when none are configured.</returns>
    /// <exception cref="OptionsValidationException">They cannot be read.</exception>
    public static EncryptionKeys? Load(ProtectionOptions options, string folder, ILogger logger)
    {
        if (options.KeyFile is { } given)
        {
            var file = DataDirectory.PathOf(folder, given);
            var place = $"the key file '{file}'";
            WarnIfOpen(file, logger);
            return Parse(Read(file, place), place);
        }

        if (options.KeyVariable is not { } variable) return null;
        var where = $"the environment variable '{variable}'";
        return Parse(Environment.GetEnvironmentVariable(variable)
            ?? throw Failure($"{where} is not set; it should have the keys of the stored values"), where);
    }

    /// <exception cref="OptionsValidationException">There is no key, or one cannot be read.</exception>
    public static EncryptionKeys Parse(string text, string place)
    {
        var keys = new List<EncryptionKey>();
        var number = 0;
        foreach (var line in text.Split(['\n', ',']))
        {
            number++;
            if (line.AsSpan().Trim() is { Length: 0 } or ['#', ..]) continue;
            var key = Key(line.Trim()) ?? throw Failure($"key {number} of {place} is no 'name:base64' with {EncryptionKey.Size} bytes");
            if (keys.Exists(known => known.Name == key.Name)) throw Failure($"{place} has two keys with the name '{key.Name}'");
            keys.Add(key);
        }

        return keys.Count > 0 ? new EncryptionKeys(keys, place) : throw Failure($"{place} has no key");
    }

    private static EncryptionKey? Key(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !EncryptionKey.IsName(line[..colon])) return null;
        var secret = new byte[EncryptionKey.Size];
        var encoded = line[(colon + 1)..].Trim();
        return Base64.IsValid(encoded) && Convert.TryFromBase64String(encoded, secret, out var size) && size == EncryptionKey.Size
            ? new EncryptionKey(line[..colon], secret)
            : null;
    }

    private static string Read(string file, string place)
    {
        try
        {
            if (new FileInfo(file).Length > MaxLength) throw Failure($"{place} is larger than 1 MB, and so no key file");
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure($"{place} cannot be read: {exception.Message} Without it nothing can be stored, and what is " +
                "encrypted cannot be read.");
        }
    }

    private static void WarnIfOpen(string file, ILogger logger)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0) Log.KeyFileOpen(logger, file);
    }

    private static OptionsValidationException Failure(string problem) =>
        new(nameof(ProtectionOptions), typeof(ProtectionOptions), [char.ToUpperInvariant(problem[0]) + problem[1..].TrimEnd('.') + "."]);
}
