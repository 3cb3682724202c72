using System.Globalization;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryTriggers.Cli.Watching;

/// <summary>One look at a data folder, and what has changed since the one before.</summary>
internal sealed record MonitorLook(DateTimeOffset At, FolderStatus Status, double PerSecond, IReadOnlyList<Finding> Alerts)
{
    public JsonObject Document
    {
        get
        {
            var document = StatusDocument.Of(Status);
            document["at"] = At;
            document["stored_per_second"] = Math.Round(PerSecond, 2);
            document["alerts"] = new JsonArray([.. Alerts.Select(static alert => alert.Document)]);
            return document;
        }
    }

    public IRenderable View => new Rows(
    [
        new Text(string.Create(CultureInfo.InvariantCulture, $"{Cells.TimeText(At)} UTC, {PerSecond:0.#} stored per second\n"),
            new Style(Color.Grey)),
        StatusDocument.View(Status),
        .. Alerts.Select(static alert => new Text(SafeText.Of($"{alert.Name}: {alert.Detail}\n"), new Style(Color.Red))),
    ]);

    public static async Task<MonitorLook> TakeAsync(CommandSession session, bool withAlerts, MonitorLook? previous)
    {
        var at = session.Time.GetUtcNow();
        var status = await FolderStatus.ReadAsync(session);
        var seconds = previous is null ? 0 : (at - previous.At).TotalSeconds;
        return new MonitorLook(at, status, seconds > 0 ? Math.Max(0, status.Memories - previous!.Status.Memories) / seconds : 0,
            withAlerts ? await BadAsync(session) : []);
    }

    /// <summary>The same; what cannot be read is listed among the alerts, beside the last known values.</summary>
    public static async Task<MonitorLook> TakeAgainAsync(CommandSession session, bool withAlerts, MonitorLook previous)
    {
        try
        {
            return await TakeAsync(session, withAlerts, previous);
        }
        catch (Exception exception)
            when (exception is MemoryBackendException or CommandException or IOException or UnauthorizedAccessException)
        {
            return previous with
            {
                At = session.Time.GetUtcNow(),
                PerSecond = 0,
                Alerts = [new Finding("store", false, exception.Message)],
            };
        }
    }

    private static async Task<IReadOnlyList<Finding>> BadAsync(CommandSession session) =>
        [.. (await new FolderChecks(session, isDeep: false).RunAsync()).Where(static finding => !finding.IsWell)];
}
