namespace System.Threading.Tasks;

/// <summary>Members of later frameworks of tasks.</summary>
internal static class Tasks
{
    extension(Task task)
    {
        public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;
    }

    extension(ValueTask)
    {
        public static ValueTask CompletedTask => default;
    }
}
