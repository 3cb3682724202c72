using System.CommandLine;
using System.Globalization;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Commands;

/// <summary>The record of one command that runs; of none while nothing is to be remembered.</summary>
internal sealed class CommandRecord
{
    private static readonly TriggerDescriptor Trigger = TriggerHub.Describe(new TriggerDefinition
    {
        Type = TriggerType.WorkflowCompletion,
        Operation = "command",
        Source = "cli",
        Tags = ["cli"],
        Content = "Command {operation} failed: {error}",
    });

    private readonly CaptureRecord? _record;
    private Exception? _exception;
    private int? _exitCode;

    private CommandRecord(CaptureRecord? record) => _record = record;

    /// <summary>Everything that runs in this flow from here on has the command as its parent.</summary>
    public static CommandRecord Begin() => new(TriggerHub.IsEnabled(Trigger) ? TriggerHub.BeginFlow(Trigger) : null);

    public int Ended(int exitCode)
    {
        _exitCode = exitCode;
        return exitCode;
    }

    /// <summary>Made for an exception filter: always answers <see langword="false"/>.</summary>
    public bool Threw(Exception exception)
    {
        _exception = exception;
        return false;
    }

    /// <summary>Gives the caller its own flow back, on the thread that began.</summary>
    public void Suspend()
    {
        if (_record is not null) TriggerHub.Suspend(_record);
    }

    public void Finish(ParseResult parsed, CommandMemoryOptions options)
    {
        if (_record is null) return;
        try
        {
            Describe(_record, parsed, options);
            TriggerHub.Finish(_record);
        }
        catch (Exception)
        {
            // Capture entry point: the command ends as it would without us.
            CaptureFaults.Count();
        }
    }

    private void Describe(CaptureRecord record, ParseResult parsed, CommandMemoryOptions options)
    {
        var name = CommandWords.PathOf(parsed.CommandResult);
        record.Override(CaptureOverride.Operation, name);
        // Before the exception: its message is cleaned of the secrets among them.
        foreach (var word in CommandWords.Of(parsed, options)) word.WriteTo(record);
        if (_exitCode is { } code && parsed.Errors.Count == 0) record.Metadata("exit_code", code);

        if (_exception is { } exception)
        {
            record.Exception(exception);
            return;
        }

        record.Override(CaptureOverride.Content, $"Command {name} {Ending(parsed)}");
        if (_exitCode != 0 || parsed.Errors.Count > 0) record.Fail();
    }

    private string Ending(ParseResult parsed) => parsed.Errors.Count > 0
        ? "was not understood"
        : _exitCode == 0 ? "succeeded" : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {_exitCode}");
}
