namespace System.Threading.Tasks;

/// <summary>The source of a task without a result.</summary>
internal class TaskCompletionSource : TaskCompletionSource<bool>
{
    public new Task Task => base.Task;

    public void SetFromTask(Task task)
    {
        if (task.Status == TaskStatus.RanToCompletion) SetResult(true);
        else TaskCompletionSources.SetFailure(this, task);
    }
}
