namespace MemoryTriggers.Configuration;

/// <summary>From the section <c>protection</c> to the options of the runtime.</summary>
internal static class ProtectionMapping
{
    public static void Apply(ProtectionSettings settings, bool isEncrypted, ProtectionOptions options)
    {
        if (settings.CompressAboveBytes is { } bytes) options.CompressAbove = bytes;
        if (isEncrypted && settings.EncryptionKeyEnv is { } variable) options.KeyVariable = variable;
    }
}
