namespace MemoryTriggers.Build;

/// <summary>The sources of the projects that the tests build.</summary>
internal static class Source
{
    public const string Pusher =
        """
        using MemoryTriggers;

        namespace Shop;

        public static class Pusher
        {
            [WorkflowMemoryTrigger(WorkflowType = "push", CaptureArguments = true)]
            public static int Push(string branch)
            {
                var length = branch.Length;
                return length;
            }

            [AgentMemoryTrigger("qa")]
            public static async Task<int> CheckAsync(int number)
            {
                await Task.Yield();
                return number + 1;
            }
        }
        """;

    /// <summary>Remembers in the folder that it is given, and writes down what it recalls.</summary>
    public const string Program =
        """
        using MemoryTriggers;

        await using var memory = await MemoryTriggerService.StartAsync(options =>
        {
            options.DataDirectory = args[0];
            options.Project = "shop";
        });
        Shop.Order.Place(new Shop.Order("apples", 3));
        await Shop.Order.CheckAsync(4);
        if (!await memory.FlushAsync()) return 1;

        foreach (var entry in await memory.Recall.ListAsync(new())) Console.WriteLine("recalled: " + entry.Content + " " + entry.Value.GetRawText());
        foreach (var hit in await memory.Recall.SearchAsync("apples")) Console.WriteLine("found: " + hit.Entry.Content);
        foreach (var problem in (await memory.GetHealthAsync()).Problems) Console.WriteLine("problem: " + problem);
        return 0;

        namespace Shop
        {
            public sealed record Order(string Article, int Number)
            {
                [WorkflowMemoryTrigger(WorkflowType = "order", CaptureArguments = true, Content = "Placed {order.Article}")]
                public static Order Place(Order order) => order with { Number = order.Number + 1 };

                [AgentMemoryTrigger("qa", CaptureArguments = true)]
                public static async Task<int> CheckAsync(int number)
                {
                    await Task.Yield();
                    return number + 1;
                }
            }
        }
        """;

    /// <summary>Calls a method once and then waits to be changed.</summary>
    public const string Waiting =
        """
        using MemoryTriggers;

        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = args[0]);
        Console.WriteLine("answer: " + Shop.Waiter.Answer());
        await Task.Delay(Timeout.Infinite);

        namespace Shop
        {
            public static class Waiter
            {
                [WorkflowMemoryTrigger]
                public static int Answer()
                {
                    return 3;
                }
            }
        }
        """;
}
