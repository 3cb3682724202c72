using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>A service with a folder and a store of its own.</summary>
internal sealed class ServiceHarness : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _backend = new();
    private readonly CollectingLoggers _logs;
    private readonly Action<MemoryTriggersOptions>? _configure;
    private MemoryTriggerService? _service;

    public ServiceHarness(Action<MemoryTriggersOptions>? configure = null)
    {
        _configure = configure;
        _ = new CollectingLoggers(out _logs);
    }

    /// <summary>The service, where the harness has started it itself.</summary>
    public MemoryTriggerService Service => _service ?? throw new InvalidOperationException("The test has started the service itself.");

    public IReadOnlyList<string> Warnings => _logs.Warnings;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Started in a method of its own: the flow of the caller stays what it was.</summary>
    public static async Task<ServiceHarness> StartAsync(Action<MemoryTriggersOptions>? configure = null)
    {
        var harness = new ServiceHarness(configure);
        harness._service = await harness.StartServiceAsync();
        return harness;
    }

    public Task<MemoryTriggerService> StartServiceAsync() => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Delivery.BatchAge = TimeSpan.FromMilliseconds(1);
            _configure?.Invoke(options);
        },
        _backend, _logs, Token);

    /// <summary>The keys of what is stored after a flush, in order.</summary>
    public async Task<string[]> KeysAsync()
    {
        Assert.True(await Service.FlushAsync(cancellationToken: Token));
        return StoredKeys();
    }

    public IReadOnlyList<MemoryEntry> Stored => [.. _backend.Attempts.SelectMany(static batch => batch)];

    public string[] StoredKeys() => [.. _backend.Attempts.SelectMany(static batch => batch).Select(static entry => entry.Key).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        _directory.Dispose();
    }
}
