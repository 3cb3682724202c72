global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();
}

// The reader's own class.
public sealed class MyBackend(string path) : DelegatingMemoryBackend(new InMemoryMemoryBackend())
{
    public string Path => path;
}
