using System.ComponentModel;
using System.Diagnostics;

namespace MemoryTriggers.Capture;

/// <summary>
/// Observes what a body returned that ends later: a task or a sequence. The record of a task is handed over before the caller resumes. A
/// task that is already complete is returned as it is; else the caller gets one that ends with the very same result, exceptions, or
/// cancellation.
/// </summary>
/// <remarks>
/// The sequences of iterator methods keep streaming. Each enumeration is one execution: it begins at the first step and ends when the
/// sequence ends, fails, or is abandoned. What is never enumerated never ran and is not remembered.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ReturnCapture
{
    /// <summary>
    /// For <c>async void</c>, whose body the weaver makes return its task. Ends as the method would: counted by the synchronization
    /// context, its exception raised there or on the thread pool.
    /// </summary>
    public static async void Await(Task task) => await task.ConfigureAwait(false);

    /// <summary>Observes a task.</summary>
    public static Task Observe(Task task, CaptureRecord record)
    {
        if (task is null || task.IsCompleted)
        {
            Finish(task, record);
            return task!;
        }

        return new Observer(task, record).Task;
    }

    /// <summary>Observes a task and its result.</summary>
    public static Task<T> Observe<T>(Task<T> task, CaptureRecord record, bool isSensitive = false)
    {
        if (task is null || task.IsCompleted)
        {
            Finish(task, record, isSensitive);
            return task!;
        }

        return new Observer<T>(task, record, isSensitive).Task;
    }

    /// <summary>Observes a value task.</summary>
    public static ValueTask Observe(ValueTask task, CaptureRecord record)
    {
        if (!task.IsCompletedSuccessfully) return new ValueTask(Observe(task.AsTask(), record));

        task.GetAwaiter().GetResult();
        record.Succeed();
        TriggerHub.Finish(record);
        return default;
    }

    /// <summary>Observes a value task and its result.</summary>
    public static ValueTask<T> Observe<T>(ValueTask<T> task, CaptureRecord record, bool isSensitive = false)
    {
        if (!task.IsCompletedSuccessfully) return new ValueTask<T>(Observe(task.AsTask(), record, isSensitive));

        var result = task.Result;
        Succeed(record, result, isSensitive);
        TriggerHub.Finish(record);
        return new ValueTask<T>(result);
    }

    private static void Succeed<T>(CaptureRecord record, T result, bool isSensitive)
    {
        if (isSensitive) record.SensitiveResult();
        else record.Result(result);
    }

    private static void Finish(Task? task, CaptureRecord record)
    {
        if (task is null || task.IsCompletedSuccessfully) record.Succeed();
        else record.Leave(Failure(task));
        TriggerHub.Finish(record);
    }

    private static void Finish<T>(Task<T>? task, CaptureRecord record, bool isSensitive)
    {
        if (task is null) record.Succeed();
        else if (task.IsCompletedSuccessfully) Succeed(record, task.Result, isSensitive);
        else record.Leave(Failure(task));
        TriggerHub.Finish(record);
    }

    // Reading Exception marks a task as observed: a task that had failed before it was returned, and that is never awaited,
    // no longer reaches TaskScheduler.UnobservedTaskException. There is no other way to read it.
    private static Exception Failure(Task task) =>
        task.IsCanceled ? new TaskCanceledException(task) : task.Exception!.InnerException!;

    private sealed class Observer : TaskCompletionSource
    {
        private readonly Task _task;
        private readonly CaptureRecord _record;

        public Observer(Task task, CaptureRecord record)
        {
            (_task, _record) = (task, record);
            // The code that completes the task may be in another trace, or in none.
            record.Traced(Activity.Current);
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Complete);
        }

        private void Complete()
        {
            Finish(_task, _record);
            this.SetFromTask(_task);
        }
    }

    private sealed class Observer<T> : TaskCompletionSource<T>
    {
        private readonly Task<T> _task;
        private readonly CaptureRecord _record;
        private readonly bool _isSensitive;

        public Observer(Task<T> task, CaptureRecord record, bool isSensitive)
        {
            (_task, _record, _isSensitive) = (task, record, isSensitive);
            // The code that completes the task may be in another trace, or in none.
            record.Traced(Activity.Current);
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Complete);
        }

        private void Complete()
        {
            Finish(_task, _record, _isSensitive);
            this.SetFromTask(_task);
        }
    }
}
