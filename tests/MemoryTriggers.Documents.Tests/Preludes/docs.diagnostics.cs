global using static Prelude;

internal static class Prelude
{
    public static MemoryTriggerService memory => throw new NotSupportedException();

    public static int merged => throw new NotSupportedException();

    public static int pushed => throw new NotSupportedException();

    public static TriggerScope scope => throw new NotSupportedException();

    public static void Push() => throw new NotSupportedException();

    public static void PushAgain() => throw new NotSupportedException();

    public static Task PushAsync() => throw new NotSupportedException();
}
