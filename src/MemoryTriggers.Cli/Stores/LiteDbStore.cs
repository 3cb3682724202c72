using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Stores;

/// <summary>
/// The file of a LiteDB store. In a class of its own, so that LiteDB is loaded by the commands that need it, and the others start without.
/// </summary>
internal static class LiteDbStore
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IMemoryBackend Create(string path, TimeSpan timeout, TimeProvider time) => new LiteDbMemoryBackend(
        new LiteDbBackendOptions { Path = path, LockTimeout = timeout, OpensExisting = true }, NullLogger.Instance, time);
}
