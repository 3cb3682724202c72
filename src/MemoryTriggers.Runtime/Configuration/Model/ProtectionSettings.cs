using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// The section <c>protection</c>: how values are stored, beyond <c>backend.encryption_*</c> and <c>lifecycle.compression_*</c>. Keys are
/// named, never given.
/// Immutable; counts at the start.
/// </summary>
internal sealed record ProtectionSettings
{
    /// <summary>The environment variable with the keys, instead of a file. <value>None</value></summary>
    [Setting(
        "The environment variable with the keys for `backend.encryption_enabled`, instead of `encryption_key_path`: `name:base64`, " +
        "commas between several.",
        NeedsRestart = true)]
    [RegularExpression("^[A-Za-z_][A-Za-z0-9_]*$")]
    public string? EncryptionKeyEnv { get; init; }

    /// <summary>From how many bytes on values are compressed when they are stored, 256 to 16,777,216. <value>None is</value></summary>
    [Setting("Bytes from which on what was captured is compressed when it is stored; without it, none is.", NeedsRestart = true)]
    [Range(256, 16 * 1024 * 1024)]
    public int? CompressAboveBytes { get; init; }
}
