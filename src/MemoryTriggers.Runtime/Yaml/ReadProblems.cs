namespace MemoryTriggers.Yaml;

/// <summary>The problems of a document, and where its settings stand: what is found wrong later is shown at its place too.</summary>
internal sealed class ReadProblems(List<PolicyProblem> problems)
{
    // Whoever has more wrong than that learns nothing from the rest.
    private const int MaxProblems = 1_000;

    private readonly Dictionary<string, (int Line, int Column)> _places = new(StringComparer.Ordinal);

    public int Count => problems.Count;

    public void Place(string path, YamlNode node) => _places[path] = (node.Line, node.Column);

    /// <summary>Whether further problems are left out.</summary>
    public bool IsFull => problems.Count >= MaxProblems;

    public void Add(YamlNode at, string path, string message)
    {
        if (!IsFull) problems.Add(new PolicyProblem(at.Line, at.Column, path, message));
    }

    /// <summary>Adds a problem of the model at the place of the setting, or of what it stands in.</summary>
    public void Add(PolicyProblem problem)
    {
        var path = problem.Path;
        while (path.Length > 0)
        {
            if (_places.TryGetValue(path, out var place))
            {
                problems.Add(problem with { Line = place.Line, Column = place.Column });
                return;
            }

            path = path[..Math.Max(0, path.AsSpan().LastIndexOfAny('.', '['))];
        }

        problems.Add(problem with { Line = 1, Column = 1 });
    }
}
