using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace MemoryTriggers.Configuration;

/// <summary>
/// Takes over changes of the configuration while the program runs: reads, validates, and only then replaces the snapshot and tells the
/// stages. A configuration with
/// errors changes nothing. One change at a time; thread-safe.
/// </summary>
internal sealed class ConfigurationReload : IDisposable
{
    private readonly ConfigurationSource _source;
    private readonly LiveConfiguration _live;
    private readonly ConfigurationAudit _audit;
    private readonly Action<MemoryConfigurationReport, MemoryConfigurationReport> _apply;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly IDisposable _subscription;
    private IReadOnlyList<MemoryConfigurationIssue> _refused = [];
    private string _policies;

    /// <param name="source">Where to look.</param>
    /// <param name="live">The snapshot.</param>
    /// <param name="audit">Where changes are written down.</param>
    /// <param name="apply">Takes the stages from one configuration to the other, when the snapshot is replaced. Throws when that is not
    /// possible, and has changed nothing then.</param>
    /// <param name="logger">Where to log.</param>
    public ConfigurationReload(
        ConfigurationSource source, LiveConfiguration live, ConfigurationAudit audit,
        Action<MemoryConfigurationReport, MemoryConfigurationReport> apply, ILogger<ConfigurationReload> logger)
    {
        (_source, _live, _audit, _apply, _logger) = (source, live, audit, apply, logger);
        _policies = PolicyDigest(live.Report);
        foreach (var issue in live.Report.Issues.Where(static issue => issue.Severity != MemoryConfigurationSeverity.Info))
            Log.Warned(logger, issue.ToString());
        _audit.Write("started", StartedWith(live.Report), []);
        _subscription = ChangeToken.OnChange(source.Section.GetReloadToken, Reload);
    }

    /// <summary>Why the last change was refused; nothing when it was taken over.</summary>
    public IReadOnlyList<MemoryConfigurationIssue> Refused => Volatile.Read(ref _refused);

    public void Dispose() => _subscription.Dispose();

    /// <summary>Checks for a change, and applies it. Never throws: the observer of the change calls it.</summary>
    public void Reload()
    {
        lock (_gate)
        {
            try
            {
                Read();
            }
            catch (Exception exception)
            {
                // Pump boundary: what is wrong with a change must not end who noticed it.
                Log.ReloadFailed(_logger, exception);
            }
        }
    }

    private void Read()
    {
        var before = _live.Report;
        if (before.Configuration is { AutoReload: false } or { Features.HotReloading: false })
        {
            Log.NotReloaded(_logger);
            return;
        }

        var after = _source.Read();
        if (!after.IsValid)
        {
            Refuse(after.Refusals);
            return;
        }

        var policies = PolicyDigest(after);
        List<ConfigurationChange> changes = [.. ConfigurationChange.Between(before, after)];
        if (policies != _policies && changes.TrueForAll(static change => change.Path != PolicyFileRules.Key))
        {
            var file = new MemoryConfigurationOrigin(after.Configuration.Policies.File ?? "");
            changes.Add(new ConfigurationChange("policies.file (its text)", _policies, policies, file, false));
        }

        if (changes.Count == 0) Volatile.Write(ref _refused, []);
        else Replace(before, after, changes);
        if (Refused.Count == 0) _policies = policies;
    }

    private void Replace(MemoryConfigurationReport before, MemoryConfigurationReport after, IReadOnlyList<ConfigurationChange> changes)
    {
        try
        {
            _live.Replace(after);
            _apply(before, after);
        }
        catch (PolicyException exception)
        {
            _live.Replace(before);
            var file = PolicyFileRules.PathOf(after.Configuration.Policies.File ?? "");
            Refuse([.. exception.Problems.Select(problem => PolicyFileRules.Issue(file, problem))]);
            return;
        }

        Volatile.Write(ref _refused, []);
        _audit.Write("changed", changes, after.Issues);
        Log.Reloaded(_logger, string.Join("; ", changes));
        if (changes.Where(static change => change.NeedsRestart).Select(static change => change.Path).ToList() is { Count: > 0 } paths)
            Log.NeedsRestart(_logger, string.Join(", ", paths));
    }

    private void Refuse(IReadOnlyList<MemoryConfigurationIssue> problems)
    {
        Volatile.Write(ref _refused, problems);
        _audit.Write("refused", [], problems);
        Log.Refused(_logger, string.Join("; ", problems));
    }

    // Enough to see that it is another one; its content is not for the log.
    private static string PolicyDigest(MemoryConfigurationReport report) =>
        report.Configuration.Policies.File is { } file && SettingFile.TryRead(PolicyFileRules.PathOf(file), out var text) is null
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12] : "";

    private static List<ConfigurationChange> StartedWith(MemoryConfigurationReport report) =>
    [
        .. report.Values.Where(static value => value.Origin != MemoryConfigurationOrigin.Default)
            .Select(static value => new ConfigurationChange(value.Path, null, value.Value, value.Origin, false)),
    ];
}
