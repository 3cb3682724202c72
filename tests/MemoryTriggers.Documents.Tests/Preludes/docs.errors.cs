global using MemoryTriggers.Errors;
global using static Prelude;

internal static class Prelude
{
    public static Exception exception => throw new NotSupportedException();

    public static ILogger logger => throw new NotSupportedException();

    public static MemoryModule module => throw new NotSupportedException();

    public static MemoryTriggersOptions options => throw new NotSupportedException();

    public static TriggerScope scope => throw new NotSupportedException();

    public static Task DeployAsync() => throw new NotSupportedException();
}
