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
}
