global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();

    public static string[] fronts => throw new NotSupportedException();
}
