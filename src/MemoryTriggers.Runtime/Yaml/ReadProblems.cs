namespace MemoryTriggers.Yaml;

/// <summary>The problems of a document, and the positions of its settings: problems found later are shown at their position too.</summary>
internal sealed class ReadProblems(List<PolicyProblem> problems)
{
    // A document with more problems than that gains nothing from the rest.
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

    /// <summary>Adds a problem of the model at the position of the setting, or of its parent.</summary>
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
