global using static Prelude;

internal static class Prelude
{
    public static MemoryTriggerService memory => throw new NotSupportedException();
}
