using System.Diagnostics;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Makes each request to a web server of the host a flow of the host's service, before the first middleware. The server writes the event in
/// the flow of the request; without a web server there is no listener.
/// </summary>
internal sealed class RequestFlows(CaptureTarget target, DiagnosticListener? server = null)
    : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string BeginRequest = "Microsoft.AspNetCore.Hosting.BeginRequest";
    private IDisposable? _subscription;

    public void Listen() => _subscription ??= server?.Subscribe(this, static name => name == BeginRequest);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == BeginRequest) TriggerFlow.Current = TriggerFlow.Toward(target);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription?.Dispose();
}
