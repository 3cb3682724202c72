global using static Prelude;

internal static class Prelude
{
    public static WebApplicationBuilder builder => throw new NotSupportedException();
}
