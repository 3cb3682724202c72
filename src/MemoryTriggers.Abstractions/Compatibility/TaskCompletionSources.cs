namespace System.Threading.Tasks;

/// <summary>Ends one task as another one, which is complete, has ended; since .NET 9 a member of the source itself.</summary>
internal static class TaskCompletionSources
{
    public static void SetFromTask<T>(this TaskCompletionSource<T> source, Task<T> task)
    {
        if (task.Status == TaskStatus.RanToCompletion) source.SetResult(task.Result);
        else SetFailure(source, task);
    }

#if NET
    public static void SetFromTask(this TaskCompletionSource source, Task task)
    {
        if (task.IsFaulted) source.SetException(task.Exception!.InnerExceptions);
        else if (task.IsCanceled) source.TrySetCanceled(new TaskCanceledException(task).CancellationToken);
        else source.SetResult();
    }
#endif

    internal static void SetFailure<T>(TaskCompletionSource<T> source, Task task)
    {
        if (task.IsFaulted) source.SetException(task.Exception!.InnerExceptions);
        else source.TrySetCanceled(new TaskCanceledException(task).CancellationToken);
    }
}
