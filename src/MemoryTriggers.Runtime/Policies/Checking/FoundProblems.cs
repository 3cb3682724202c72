using System.Globalization;

namespace MemoryTriggers.Policies;

/// <summary>The problems that a check finds.</summary>
internal sealed class FoundProblems
{
    private readonly List<PolicyProblem> _problems = [];

    public IReadOnlyList<PolicyProblem> All => _problems;

    public void Add(string path, string message) => _problems.Add(new PolicyProblem(0, 0, path, message));

    public void Add(PolicyProblem problem) => _problems.Add(problem);

    public void AddRange(IEnumerable<PolicyProblem> problems) => _problems.AddRange(problems);

    public void Required(string path, string type, string member) => Add(path, $"'{type}' needs '{member}'");

    public void Within(string path, double value, double least, double greatest = double.PositiveInfinity)
    {
        if (value >= least && value <= greatest) return;
        var bounds = greatest == double.PositiveInfinity
            ? string.Create(CultureInfo.InvariantCulture, $"at least {least}")
            : string.Create(CultureInfo.InvariantCulture, $"between {least} and {greatest}");
        Add(path, string.Create(CultureInfo.InvariantCulture, $"must be {bounds}; it is {value}"));
    }
}
