namespace MemoryTriggers.Yaml;

/// <summary>Ends the reading of a document that is out of bounds.</summary>
internal sealed class YamlStructureException(PolicyProblem problem) : Exception(problem.Message)
{
    public PolicyProblem Problem { get; } = problem;
}
