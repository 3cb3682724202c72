namespace Shop;

/// <summary>The user's code, in which a fault is placed.</summary>
internal static class Pusher
{
    public static void Push() => throw new IOException("no space left");
}
