using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryTriggers.Cli.Watching;

/// <summary><c>monitor</c></summary>
internal static class MonitorCommand
{
    private static readonly Option<double> Interval = new("--interval", "-i")
    {
        Description = "Seconds between two samples, 0.1 to 3600.",
        HelpName = "seconds",
        DefaultValueFactory = static _ => 2,
        Validators = { WatchInterval.Check },
    };
    private static readonly Option<bool> Alerts = new("--alerts") { Description = "Also shows the problems that 'health' finds." };
    private static readonly Option<int?> Count = new("--count")
    {
        Description = "Ends after this number of samples. Without it, Ctrl-C ends it.",
        HelpName = "number",
    };

    public static Command Create() => new Command("monitor", "Shows the state of a data folder, again and again: in place on a terminal, " +
        "else one after the other (with --format json, a line each).")
    {
        Interval, Alerts, Count,
    }.Runs(RunAsync);

    [CliMemoryTrigger("monitor")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        try
        {
            await RunUntilEndedAsync(session);
        }
        catch (OperationCanceledException) when (session.Token.IsCancellationRequested)
        {
            // Ctrl-C is how watching ends.
        }

        return ExitCodes.Fine;
    }

    private static async Task RunUntilEndedAsync(CommandSession session)
    {
        // A first sample that fails is an error; a later failure is shown.
        var look = await MonitorLook.TakeAsync(session, session.Get(Alerts), previous: null);
        if (session.Output.Format == OutputFormat.Table && CommandOutput.IsTerminal && session.Output.Screen.Profile.Capabilities.Ansi)
        {
            await session.Output.Screen.Live(look.View).Overflow(VerticalOverflow.Crop)
                .StartAsync(live => WatchAsync(session, look, next => Refresh(live, next.View)));
        }
        else
        {
            Print(session, look);
            await WatchAsync(session, look, next => Print(session, next));
        }
    }

    private static async Task WatchAsync(CommandSession session, MonitorLook look, Action<MonitorLook> show)
    {
        for (var left = (session.Get(Count) ?? int.MaxValue) - 1;
            left > 0 && await WatchInterval.WaitAsync(session, session.Get(Interval)); left--)
        {
            look = await MonitorLook.TakeAgainAsync(session, session.Get(Alerts), look);
            show(look);
        }
    }

    private static void Print(CommandSession session, MonitorLook look) =>
        session.Output.WriteOne(look.Document, screen => screen.Write(look.View));

    private static void Refresh(LiveDisplayContext live, IRenderable view)
    {
        live.UpdateTarget(view);
        live.Refresh();
    }
}
