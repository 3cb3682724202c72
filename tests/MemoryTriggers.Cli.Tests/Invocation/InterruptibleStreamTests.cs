namespace MemoryTriggers.Cli.Invocation;

public sealed class InterruptibleStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_NothingComesAndItIsCanceled_EndsThoughTheSystemWaits()
    {
        using var terminal = new Terminal();

        await ReadUntilInterruptedAsync(terminal, new byte[16]);

        Assert.False(terminal.HasReturned);
    }

    // The buffer is somebody else's by then.
    [Fact]
    public async Task Read_SomethingComesAfterTheCancellation_DoesNotTouchTheBuffer()
    {
        using var terminal = new Terminal();
        var target = new byte[16];
        await ReadUntilInterruptedAsync(terminal, target);

        terminal.Type();
        await terminal.Returned.Task.WaitAsync(Token);

        Assert.All(target, static value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task Read_ManyBytes_GivesThemAllInOrder()
    {
        var bytes = Enumerable.Range(0, 300_000).Select(static number => (byte)number).ToArray();
        await using var stream = new InterruptibleStream(new MemoryStream(bytes));
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy, Token);

        Assert.Equal(bytes, copy.ToArray());
    }

    private static async Task ReadUntilInterruptedAsync(Terminal terminal, byte[] target)
    {
        await using var stream = new InterruptibleStream(terminal);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reading = stream.ReadAsync(target, interrupt.Token).AsTask();
        await terminal.IsWaiting.Task.WaitAsync(Token);
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>Waits until somebody types, whatever else happens.</summary>
    private sealed class Terminal : MemoryStream
    {
        private readonly ManualResetEventSlim _typed = new();

        public TaskCompletionSource IsWaiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Returned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HasReturned => Returned.Task.IsCompleted;

        public void Type() => _typed.Set();

        public override int Read(byte[] buffer, int offset, int count)
        {
            IsWaiting.TrySetResult();
            _typed.Wait(Token);
            buffer.AsSpan(offset, 4).Fill(1);
            Returned.TrySetResult();
            return 4;
        }

        protected override void Dispose(bool disposing)
        {
            _typed.Set();
            base.Dispose(disposing);
        }
    }
}
