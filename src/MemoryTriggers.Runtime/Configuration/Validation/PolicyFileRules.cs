namespace MemoryTriggers.Configuration;

/// <summary>What is wrong in the file that <c>policies.file</c> names, at its own lines.</summary>
internal static class PolicyFileRules
{
    public const string Key = "policies.file";

    public static void Check(ConfigurationFindings found)
    {
        if (found.Configuration.Policies.File is not { } file) return;
        var path = PathOf(file);
        if (SettingFile.TryRead(path, out var text) is { } failure)
        {
            found.Error(true, Key, $"names {path}: {failure}", "name a file that can be read");
            return;
        }

        foreach (var problem in PolicyYaml.Parse(text).Problems.Where(static problem => !IsOfAProgram(problem)))
            found.Add(Issue(path, problem));
    }

    /// <summary>Where the file is.</summary>
    public static string PathOf(string file) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, file));

    /// <summary>A problem of a policy document as an issue of the configuration.</summary>
    public static MemoryConfigurationIssue Issue(string file, PolicyProblem problem) =>
        new(MemoryConfigurationSeverity.Error, IssueCodes.Schema, problem.Path, problem.Message)
        {
            Origin = new MemoryConfigurationOrigin(file, problem.Line, problem.Column),
        };

    // Whether the program adds such an action is known only when it starts, and is checked again there.
    private static bool IsOfAProgram(PolicyProblem problem) => problem.Message.StartsWith("unknown action", StringComparison.Ordinal);
}
