global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();

    public static MemoryTriggerService memory => throw new NotSupportedException();

    public static MemoryTriggersOptions options => throw new NotSupportedException();
}
