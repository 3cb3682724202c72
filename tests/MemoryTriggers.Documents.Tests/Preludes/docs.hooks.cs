global using MemoryTriggers.Hooks;
global using Microsoft.Extensions.AI;
global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();

    public static IChatClient client => throw new NotSupportedException();

    public static Exception exception => throw new NotSupportedException();

    public static MemoryHooks hooks => throw new NotSupportedException();

    public static MemoryTriggerService memory => throw new NotSupportedException();

    public static Pager pager => throw new NotSupportedException();

    public static string requestId => throw new NotSupportedException();

    public static System.CommandLine.RootCommand root => throw new NotSupportedException();

    public static string FindOrder(int number) => throw new NotSupportedException();

    public static Task ServeAsync() => throw new NotSupportedException();

    public sealed class Pager
    {
        public Task CallAsync(string? operation, CancellationToken token) => throw new NotSupportedException();
    }
}
