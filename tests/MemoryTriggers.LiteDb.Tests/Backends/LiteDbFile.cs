using System.Text;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Backends;

/// <summary>One database file, and backends over it.</summary>
internal sealed class LiteDbFile : IDisposable
{
    public const int PageSize = 8_192;
    private readonly TemporaryDirectory _directory = new();

    public string Directory => _directory.Path;

    public string Path => _directory.File("memory.litedb");

    public string Journal => Path + "-journal";

    public async Task<LiteDbMemoryBackend> OpenAsync(Action<LiteDbBackendOptions>? configure = null)
    {
        var options = new LiteDbBackendOptions { Path = Path, LockTimeout = TimeSpan.FromMilliseconds(50) };
        configure?.Invoke(options);
        var backend = new LiteDbMemoryBackend(options, NullLogger.Instance, TimeProvider.System);
        try
        {
            await backend.InitializeAsync(TestContext.Current.CancellationToken);
            return backend;
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    /// <summary>The numbers of the pages of a kind: 2 the collection, 3 indexes, 4 documents.</summary>
    public IReadOnlyList<int> Pages(byte kind)
    {
        var bytes = Read(Path);
        return [.. Enumerable.Range(0, bytes.Length / PageSize).Where(page => bytes[page * PageSize + 4] == kind)];
    }

    public void Overwrite(int page, byte with = 0x5A) => Overwrite(Path, page * (long)PageSize, PageSize, with);

    public static void Overwrite(string path, long offset, int count, byte with = 0x5A)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = offset;
        stream.Write(Enumerable.Repeat(with, count).ToArray());
    }

    /// <summary>The damaged databases that were set aside.</summary>
    public string[] SetAside =>
        [.. System.IO.Directory.GetFiles(Directory, "*.damaged-*").Where(static file => !file.EndsWith("-journal", StringComparison.Ordinal))];

    /// <summary>Whether a text stands anywhere in the files of the store.</summary>
    public bool Contains(string text) =>
        System.IO.Directory.GetFiles(Directory).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)).Any(file => Read(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public void Dispose() => _directory.Dispose();

    private static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
