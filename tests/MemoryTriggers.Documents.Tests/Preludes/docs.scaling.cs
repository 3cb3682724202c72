global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();

    public static ILoggerFactory loggers => throw new NotSupportedException();

    public static byte[] payload => throw new NotSupportedException();

    public static string text => throw new NotSupportedException();

    public static CancellationToken token => throw new NotSupportedException();

    public static Task WriteReportAsync(ReadOnlyMemory<byte> payload, CancellationToken lost) => throw new NotSupportedException();
}
