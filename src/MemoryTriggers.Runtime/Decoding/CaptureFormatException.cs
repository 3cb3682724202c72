namespace MemoryTriggers.Decoding;

/// <summary>A record cannot be read. It becomes a dead letter, bytes and all.</summary>
internal sealed class CaptureFormatException(string message) : Exception(message);
