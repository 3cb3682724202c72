using System.CommandLine;

namespace MemoryTriggers.Commands;

/// <summary>Runs commands and remembers them: the runtime before, the record around, the store after. Thread-safe.</summary>
internal sealed class CommandMemory(CommandMemoryOptions options)
{
    private bool IsThere => options.Service is not null || TriggerHub.IsAttached;

    public async Task<int> RunAsync(ParseResult parsed, Func<ParseResult, CancellationToken, Task<int>> action,
        CancellationToken cancellationToken)
    {
        var own = await StartAsync(cancellationToken).ConfigureAwait(false);
        using var flow = (own ?? options.Service)?.BeginFlow();
        try
        {
            return await CaptureAsync(parsed, action, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(own).ConfigureAwait(false);
        }
    }

    // The action runs on the thread of its caller. Start and end wait on others, so that no context of the caller is waited for.
    public int Run(ParseResult parsed, Func<ParseResult, int> action)
    {
        var own = IsThere ? null : Task.Run(() => StartAsync(CancellationToken.None)).GetAwaiter().GetResult();
        using var flow = (own ?? options.Service)?.BeginFlow();
        try
        {
            return Capture(parsed, action);
        }
        finally
        {
            if ((own ?? options.Service) is not null) Task.Run(() => EndAsync(own)).GetAwaiter().GetResult();
        }
    }

    private async Task<int> CaptureAsync(ParseResult parsed, Func<ParseResult, CancellationToken, Task<int>> action,
        CancellationToken cancellationToken)
    {
        var command = CommandRecord.Begin();
        try
        {
            return command.Ended(await action(parsed, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (command.Threw(exception))
        {
            // Never entered: the exception passes unchanged.
            throw;
        }
        finally
        {
            command.Finish(parsed, options);
        }
    }

    private int Capture(ParseResult parsed, Func<ParseResult, int> action)
    {
        var command = CommandRecord.Begin();
        try
        {
            return command.Ended(action(parsed));
        }
        catch (Exception exception) when (command.Threw(exception))
        {
            // Never entered: the exception passes unchanged.
            throw;
        }
        finally
        {
            command.Suspend();
            command.Finish(parsed, options);
        }
    }

    /// <returns>The runtime to stop, where there was none.</returns>
    private async Task<MemoryTriggerService?> StartAsync(CancellationToken cancellationToken) => IsThere
        ? null
        : await MemoryTriggerService.StartAsync(
            settings =>
            {
                // A handful of records at a time.
                settings.Journal.SegmentBytes = JournalOptions.MinSegmentBytes;
                options.Configure?.Invoke(settings);
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);

    private async Task EndAsync(MemoryTriggerService? own)
    {
        try
        {
            if ((own ?? options.Service) is { RunningOrNone: not null } service)
                await service.FlushAsync(options.FlushTimeout).ConfigureAwait(false);
        }
        finally
        {
            if (own is not null) await StopAsync(own).ConfigureAwait(false);
        }
    }

    // What could be stored in time is; the stop does not wait for the rest a second time.
    private static Task StopAsync(MemoryTriggerService own) => own.StopAsync(new CancellationToken(canceled: true));
}
