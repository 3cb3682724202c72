using System.ComponentModel;

namespace MemoryTriggers.Capture;

/// <summary>Gives a body that the weaver has made return its task the manners of <c>async void</c> back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AsyncVoidCapture
{
    /// <summary>
    /// Ends as the method would: counted by the synchronization context, its exception raised there or on the thread pool.
    /// </summary>
    public static async void Await(Task task) => await task.ConfigureAwait(false);
}
