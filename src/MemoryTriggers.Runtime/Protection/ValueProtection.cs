using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace MemoryTriggers.Protection;

/// <summary>
/// Compresses and encrypts values: Brotli, then AES-256-GCM (NIST SP 800-38D) with a random nonce, bound to the id of the memory so that no
/// value can be put into another memory. Thread-safe.
/// </summary>
internal sealed class ValueProtection(EncryptionKeys? keys, int? compressAbove, bool valuesInLines = false)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int MaxExpanded = 256 * 1024 * 1024;

    /// <summary>Below this nothing is won by compressing.</summary>
    public const int WorthCompressing = 256;

    /// <summary>A memory as it is to be stored.</summary>
    /// <exception cref="MemoryBackendException">Its value could not be read when it was: what is stored must stay.</exception>
    public MemoryEntry Protect(MemoryEntry entry, bool compress = false)
    {
        var value = entry.Value.ValueKind == JsonValueKind.Undefined ? MemoryEntry.EmptyObject : entry.Value;
        if (UnreadableValue.Is(value))
        {
            throw new MemoryBackendException("protection",
                $"the value of the memory {entry.Id} could not be read, and what stands for it is not stored", isTransient: false);
        }

        var text = JsonMarshal.GetRawUtf8Value(value);
        var isLarge = text.Length >= (compress ? WorthCompressing : compressAbove ?? int.MaxValue);
        // What looks like an envelope must not be taken for one.
        if (keys is null && !isLarge && !ValueEnvelope.IsMarked(value)) return entry;

        var data = isLarge ? Compressed(text) : text.ToArray();
        var isCompressed = data.Length < text.Length;
        if (!isCompressed) data = text.ToArray();
        if (keys is null && !isCompressed && !ValueEnvelope.IsMarked(value)) return entry;

        if (keys is not null) data = Encrypted(data, keys.Current, entry.Id);
        if (keys is not null && !valuesInLines) entry = entry with { Content = LineWithoutValues.Of(entry) };
        return entry with { Value = new ValueEnvelope(isCompressed, keys?.Current.Name, data).ToValue() };
    }

    /// <summary>A memory as it was before.</summary>
    /// <exception cref="MemoryBackendException">The key is not there, or the value is damaged.</exception>
    public MemoryEntry Unprotect(MemoryEntry entry, string backendName)
    {
        try
        {
            if (ValueEnvelope.Read(entry.Value) is not { } envelope) return entry;
            var data = envelope.Key is { } key ? Decrypted(envelope.Data, key, entry.Id) : envelope.Data;
            return entry with { Value = envelope.IsCompressed ? Expanded(data) : JsonElement.Parse(data) };
        }
        catch (Exception exception)
            when (exception is FormatException or CryptographicException or JsonException or InvalidOperationException)
        {
            throw new MemoryBackendException(backendName, $"the value of the memory {entry.Id} cannot be read: {exception.Message}",
                isTransient: false, exception);
        }
    }

    /// <summary>A memory as it was before, or as much of it as can be read: one among others must not make them all fail.</summary>
    public MemoryEntry Show(MemoryEntry entry)
    {
        try
        {
            return Unprotect(entry, "");
        }
        catch (MemoryBackendException exception)
        {
            return entry with { Value = UnreadableValue.Because(exception.Message) };
        }
    }

    /// <summary>Whether a stored value is encrypted with another key than the present one, or not at all while it should be.</summary>
    public bool IsOutdated(MemoryEntry stored) =>
        (ValueEnvelope.IsMarked(stored.Value) ? KeyOf(stored.Value) : null) != keys?.Current.Name;

    /// <summary>Whether a stored value could be compressed.</summary>
    public static bool IsCompressible(MemoryEntry stored) => ValueEnvelope.IsMarked(stored.Value)
        ? ValueEnvelope.Read(stored.Value) is { IsCompressed: false, Data.Length: >= WorthCompressing }
        : JsonMarshal.GetRawUtf8Value(stored.Value).Length >= WorthCompressing;

    // A damaged envelope is of no key.
    private static string? KeyOf(JsonElement value)
    {
        try
        {
            return ValueEnvelope.Read(value)!.Key;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] Encrypted(byte[] data, EncryptionKey key, Guid id)
    {
        var encrypted = new byte[NonceSize + TagSize + data.Length];
        var nonce = encrypted.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Secret, TagSize);
        aes.Encrypt(nonce, data, encrypted.AsSpan(NonceSize + TagSize), encrypted.AsSpan(NonceSize, TagSize),
            id.ToByteArray(bigEndian: true));
        return encrypted;
    }

    private byte[] Decrypted(byte[] encrypted, string keyName, Guid id)
    {
        if (keys?.Find(keyName) is not { } key)
        {
            throw new FormatException(
                keys is null
                    ? $"it is encrypted with the key '{keyName}', and no keys are configured"
                    : $"it is encrypted with the key '{keyName}', which {keys.Place} does not have; put it back there");
        }

        if (encrypted.Length < NonceSize + TagSize) throw new FormatException("it is cut off");
        var data = new byte[encrypted.Length - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(key.Secret, TagSize);
            aes.Decrypt(
                encrypted.AsSpan(0, NonceSize), encrypted.AsSpan(NonceSize + TagSize), encrypted.AsSpan(NonceSize, TagSize), data,
                id.ToByteArray(bigEndian: true));
            return data;
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new FormatException($"it was changed since it was encrypted, or '{keyName}' is another key of the same name", exception);
        }
    }

    private static byte[] Compressed(ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(text.Length));
        try
        {
            // Quality 5: nearly as small as the highest for JSON, at a tenth of the time.
            return BrotliEncoder.TryCompress(text, buffer, out var size, quality: 5, window: 20) ? buffer[..size] : text.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JsonElement Expanded(byte[] data)
    {
        using var source = new BrotliStream(new MemoryStream(data), CompressionMode.Decompress);
        using var text = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int read; (read = source.Read(part)) > 0;)
        {
            // A few bytes can claim to be very many.
            if (text.Length + read > MaxExpanded) throw new FormatException("it is larger than 256 MB");
            text.Write(part, 0, read);
        }

        return JsonElement.Parse(text.GetBuffer().AsSpan(0, (int)text.Length));
    }
}
