using System.Globalization;

namespace MemoryTriggers.Reports;

/// <summary>The settings of a logger, as given after its name.</summary>
internal sealed record RecorderOptions
{
    /// <summary>The data folder. <value>MEMORY_TRIGGERS_DATA, or <c>builds</c> in the usual place</value></summary>
    public string? Data { get; init; }

    /// <summary>The project. <value>MEMORY_TRIGGERS_PROJECT, or the name of the folder of the repository</value></summary>
    public string? Project { get; init; }

    /// <summary>How long the end of a run waits for the recorder at most, 0 to 60 s. <value>2 s</value></summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether what earlier runs knew is left unsaid.</summary>
    public bool Quiet { get; init; }

    /// <summary>The names of all settings, as they are read: in any case.</summary>
    public static IReadOnlyList<string> Names { get; } = [nameof(Data), nameof(Project), nameof(Wait), nameof(Quiet)];

    /// <summary>Reads <c>Data=folder;Wait=5</c>.</summary>
    public static RecorderOptions Parse(string? parameters) =>
        Of((parameters ?? "").Split([';', '|'], StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split('=', 2))
        .Select(static pair => KeyValuePair.Create(pair[0].Trim(), pair.Length > 1 ? pair[1].Trim() : "true")));

    /// <summary>Unknown or unreadable settings are ignored: a setting must not fail a build.</summary>
    public static RecorderOptions Of(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var options = new RecorderOptions();
        foreach (var (name, value) in parameters)
        {
            options = name.ToLowerInvariant() switch
            {
                "data" => options with { Data = value },
                "project" => options with { Project = value },
                "wait" when double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) => options with
                {
                    Wait = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 60)),
                },
                "quiet" => options with { Quiet = !value.Equals("false", StringComparison.OrdinalIgnoreCase) },
                _ => options,
            };
        }

        return options;
    }
}
