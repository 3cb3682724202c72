global using System.Text.Json.Nodes;
global using static Prelude;

internal static class Prelude
{
    public static WebApplication app => throw new NotSupportedException();

    public static Guid id => throw new NotSupportedException();

    public static MemoryModule module => throw new NotSupportedException();

    public static IMemoryRecall recall => throw new NotSupportedException();
}
