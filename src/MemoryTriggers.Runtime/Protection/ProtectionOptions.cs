using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>
/// How values are stored: encrypted, compressed, or as they are. Lines, keys and tags are always readable, so that they can be searched;
/// lines do not repeat encrypted values unless <see cref="ValuesInLines"/> says so.
/// </summary>
public sealed class ProtectionOptions
{
    /// <summary>
    /// A file with the keys that values are encrypted with (AES-256-GCM), one on each line as <c>name:base64</c>. The first is for writing;
    /// the others are for reading what was written before it was there. <see cref="EncryptionKey.Generate"/> makes one. A relative path
    /// begins at the data folder. <value>None: values are not encrypted</value>
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// The environment variable that has the keys, where there is no file; in the format of the file, or separated by commas.
    /// <value>None</value>
    /// </summary>
    public string? KeyVariable { get; set; }

    /// <summary>From what size on a value is compressed (Brotli) when it is stored, 256 bytes to 16 MB. <value>None is</value></summary>
    [Range(256, 16 * 1024 * 1024)]
    public int? CompressAbove { get; set; }

    /// <summary>
    /// After what time values of 256 bytes or more are compressed, 1 hour to 10 years; it is done with the upkeep. <value>None are</value>
    /// </summary>
    [TimeSpanRange("01:00:00", "3652.00:00:00")]
    public TimeSpan? CompressAfter { get; set; }

    /// <summary>
    /// Whether lines, which are searched and not encrypted, may repeat what is in encrypted values. <value>false: … stands there</value>
    /// </summary>
    public bool ValuesInLines { get; set; }

    internal bool IsOn => KeyFile is not null || KeyVariable is not null || CompressAbove is not null || CompressAfter is not null;
}
