global using static Prelude;

internal static class Prelude
{
    public static WebApplication app => throw new NotSupportedException();

    public static Task<IResult> PlaceOrderAsync() => throw new NotSupportedException();
}
