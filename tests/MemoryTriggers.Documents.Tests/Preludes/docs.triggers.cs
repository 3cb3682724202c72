global using static Prelude;

internal static class Prelude
{
    public static readonly MemoryTriggerService memory = null!;

    public static Task<int> DeployAsync() => throw new NotSupportedException();

    public static Task<int> PushAsync(string branch) => throw new NotSupportedException();
}
