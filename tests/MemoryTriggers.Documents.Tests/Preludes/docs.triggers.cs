global using static Prelude;

internal static class Prelude
{
    public static Task<int> DeployAsync() => throw new NotSupportedException();
}
