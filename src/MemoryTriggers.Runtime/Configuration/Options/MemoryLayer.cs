using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>Puts something around the store.</summary>
/// <param name="inner">The store, with everything that is around it already.</param>
/// <param name="folder">The data folder; <see langword="null"/> when nothing is to be kept on disk.</param>
/// <param name="loggers">Where to log.</param>
/// <param name="time">The clock.</param>
internal delegate IMemoryBackend MemoryLayer(IMemoryBackend inner, string? folder, ILoggerFactory loggers, TimeProvider time);
