global using System.Text.Json.Nodes;
global using static Prelude;

internal static class Prelude
{
    public static MemoryTriggersOptions options => throw new NotSupportedException();
}
