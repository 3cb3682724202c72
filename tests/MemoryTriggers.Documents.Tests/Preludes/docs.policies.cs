global using MemoryTriggers.Policies;
global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();

    public static MemoryEntry entry => throw new NotSupportedException();
}
