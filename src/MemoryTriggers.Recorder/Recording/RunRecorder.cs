using System.Globalization;
using MemoryTriggers.Errors;
using MemoryTriggers.Reports;
using MemoryTriggers.Secrets;

namespace MemoryTriggers.Recording;

/// <summary>
/// Makes memories of a run: one of the run, one of each failure, and one of each operation that failed in an earlier run and succeeds now.
/// </summary>
internal sealed class RunRecorder(MemoryTriggerService memory, string project, ToolText secrets, TimeProvider time)
{
    private const int MaxFailures = 100;
    private const int MaxTold = 10;

    /// <returns>The known facts of earlier runs about the same failures, line by line.</returns>
    public async Task<IReadOnlyList<string>> RecordAsync(RunReport report)
    {
        var tags = new RunTags(report.Kind);
        var failures = report.Failures.Select(Clean).GroupBy(static failure => (failure.Operation, Error: FingerprintOf(failure)))
            .Select(static same => new KnownFailure(same.First(), same.Key.Error, same.Count())).ToList();
        // Asked before this run is reported, so that it is not found itself.
        var told = await TellAsync(failures);
        var open = await ReadOpenAsync(report, tags);

        foreach (var failure in failures.Take(MaxFailures)) await FailedAsync(report, failure, tags);
        foreach (var operation in report.Passed.Distinct()) await FixedAsync(report, operation, open?.Of(operation) ?? [], tags);
        await RanAsync(report, failures.Count, tags);
        return told;
    }

    private static ErrorFingerprint FingerprintOf(RunFailure failure) =>
        ErrorFingerprint.Of([new ErrorPart(failure.Type, failure.Message, failure.Trace)]);

    private RunFailure Clean(RunFailure failure) => failure with
    {
        Message = secrets.Mask(failure.Message),
        Trace = UserTrace.Of(secrets.Mask(failure.Trace)),
        Metadata = failure.Metadata.ToDictionary(static pair => pair.Key, pair => secrets.Mask(pair.Value)),
    };

    private async Task<List<string>> TellAsync(List<KnownFailure> failures)
    {
        var lines = new List<string>();
        try
        {
            foreach (var same in failures.GroupBy(static failure => failure.Error).Take(MaxTold))
            {
                if (await memory.Memory.Errors.GetAsync(same.Key) is { } known)
                    lines.Add($"{same.First().Failure.Operation}: {known} [error:{same.Key}]");
            }
        }
        catch (MemoryBackendException)
        {
            // Nothing is known while the store is unavailable; reports are kept for it.
        }

        return lines;
    }

    private async Task<OpenFailures?> ReadOpenAsync(RunReport report, RunTags tags)
    {
        if (report.Passed.Count == 0) return null;
        try
        {
            return await OpenFailures.ReadAsync(memory.Backend, project, tags, time.GetUtcNow());
        }
        catch (MemoryBackendException)
        {
            // The next run sees them as well.
            return null;
        }
    }

    private async Task FailedAsync(RunReport report, KnownFailure known, RunTags tags)
    {
        var metadata = known.Failure.Metadata.ToDictionary(static pair => pair.Key, static object? (pair) => pair.Value);
        metadata["run"] = report.Operation;
        if (known.Cases > 1) metadata["cases"] = known.Cases;
        if (known.Failure.Trace.Length > 0) metadata["frames"] = known.Failure.Trace;
        await memory.Hooks.PublishAsync(new HookEvent
        {
            Type = HookType.ErrorResolution,
            Operation = known.Failure.Operation,
            Source = report.Kind,
            ErrorType = known.Failure.Type,
            ErrorMessage = known.Failure.Message,
            Priority = TriggerPriority.High,
            Tags = [tags.Failure, known.Error.ErrorTag],
            Metadata = metadata,
        });
    }

    private async Task FixedAsync(RunReport report, string operation, IReadOnlyCollection<ErrorFingerprint> errors, RunTags tags)
    {
        if (errors.Count == 0) return;
        await memory.Hooks.PublishAsync(new HookEvent
        {
            Type = HookType.WorkflowComplete,
            Operation = operation,
            Subject = report.Kind,
            Source = report.Kind,
            Detail = "succeeded after it had failed in an earlier run",
            Tags = [tags.Fixed, ErrorLink.ResolutionTag, .. errors.Select(static error => error.ResolutionTag)],
        });
    }

    private async Task RanAsync(RunReport report, int failures, RunTags tags)
    {
        var metadata = report.Counts.ToDictionary(static pair => pair.Key, static object? (pair) => pair.Value);
        if (failures > MaxFailures) metadata["failures_left_out"] = failures - MaxFailures;
        await memory.Hooks.PublishAsync(new HookEvent
        {
            Type = HookType.WorkflowComplete,
            Operation = report.Operation,
            Subject = report.Kind,
            Source = report.Kind,
            Outcome = report.Succeeded ? TriggerOutcome.Success : TriggerOutcome.Failure,
            Duration = report.Duration,
            Detail = string.Join(", ",
                report.Counts.Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}"))),
            Tags = [tags.Run],
            Metadata = metadata,
        });
    }
}
