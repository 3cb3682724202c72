using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>
/// Reads the file, and again whenever it has changed. A file that cannot be read any more leaves the values as they were; what is wrong is
/// among the
/// problems, and users of the values are notified of the change.
/// </summary>
internal sealed class YamlConfigurationProvider : ConfigurationProvider, ISettingSource, IDisposable
{
    private readonly YamlConfigurationSource _source;
    private readonly Lock _gate = new();
    private readonly FileWatch? _watch;
    private string[] _texts = [];
    private volatile IReadOnlyList<IReadOnlyList<SettingEntry>> _layers = [];
    private volatile IReadOnlyList<MemoryConfigurationIssue> _problems = [];

    public YamlConfigurationProvider(YamlConfigurationSource source)
    {
        _source = source;
        if (source.ReloadOnChange) _watch = new FileWatch(Files, Changed, source.Time);
    }

    public IReadOnlyList<IReadOnlyList<SettingEntry>> Layers => _layers;

    public bool IsDocument => true;

    public string Section => _source.Section;

    public IReadOnlyList<MemoryConfigurationIssue> Problems => _problems;

    /// <exception cref="FileNotFoundException">The file is not there, and not optional.</exception>
    public override void Load()
    {
        if (!File.Exists(_source.Path) && !_source.IsOptional)
            throw new FileNotFoundException($"The configuration file '{_source.Path}' is not there.", _source.Path);
        lock (_gate) Read(isFirst: true);
    }

    public void Dispose() => _watch?.Dispose();

    public override string ToString() => _source.Path;

    private void Changed()
    {
        lock (_gate)
        {
            if (!Read(isFirst: false)) return;
        }

        OnReload();
    }

    private bool Read(bool isFirst)
    {
        var problems = new List<MemoryConfigurationIssue>();
        var documents = new List<YamlSettings>();
        var texts = new List<string>();
        Read(_source.Path, _source.IsOptional && isFirst, problems, documents, texts);
        if (EnvironmentFile(documents.FirstOrDefault()) is { } file) Read(file, isOptional: true, problems, documents, texts);
        if (!isFirst && problems.Count == 0 && _problems.Count == 0 && texts.SequenceEqual(_texts, StringComparer.Ordinal)) return false;

        // An editor that empties a file before it writes it is not done yet; the next look will see more.
        if (!isFirst && texts is [] or [{ Length: 0 }, ..] && _texts.Length > 0 && problems.Count == 0)
            problems.Add(Problem(_source.Path, "the file is empty"));
        _problems = problems;
        if (problems.Count > 0 && !isFirst) return true;

        _texts = [.. texts];
        _layers = [.. documents.Select(static document => document.Entries)];
        Data = Flat();
        return true;
    }

    private static void Read(
        string path, bool isOptional, List<MemoryConfigurationIssue> problems, List<YamlSettings> documents, List<string> texts)
    {
        if (isOptional && !File.Exists(path)) return;
        if (SettingFile.TryRead(path, out var text) is { } failure)
        {
            problems.Add(Problem(path, failure));
            return;
        }

        var document = YamlSettings.Read(text, path);
        problems.AddRange(document.Problems);
        documents.Add(document);
        texts.Add(text.Trim());
    }

    private static MemoryConfigurationIssue Problem(string path, string message) =>
        new(MemoryConfigurationSeverity.Error, IssueCodes.Load, "", message) { Origin = new MemoryConfigurationOrigin(path) };

    // The reference calls it <name>.<environment>.yaml.
    private string? EnvironmentFile(YamlSettings? document) =>
        (_source.Variables("MEMORY_ENVIRONMENT") ?? document?.Values.GetValueOrDefault("environment")) is { } environment &&
        BuiltInEnvironments.Names.Contains(environment)
            ? SettingFile.ForEnvironment(_source.Path, environment) : null;

    private IEnumerable<string> Files() =>
        [_source.Path, .. BuiltInEnvironments.Names.Select(name => SettingFile.ForEnvironment(_source.Path, name))];

    private Dictionary<string, string?> Flat()
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in _layers.SelectMany(static layer => layer).Where(static entry => !entry.IsPlace))
            data[ConfigurationPath.Combine(Section, entry.Key)] = entry.Value;
        return data;
    }
}
