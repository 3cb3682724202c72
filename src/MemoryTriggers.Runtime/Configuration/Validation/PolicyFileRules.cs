namespace MemoryTriggers.Configuration;

/// <summary>What is wrong in the file that <c>policies.file</c> names, at its own lines.</summary>
internal static class PolicyFileRules
{
    public const string Key = "policies.file";

    /// <param name="found">Where findings go.</param>
    /// <param name="isAlone">Whether no code of a program adds to the configuration.</param>
    public static void Check(ConfigurationFindings found, bool isAlone)
    {
        if (found.Configuration.Policies.File is not { } file) return;
        var path = PathOf(file);
        if (SettingFile.TryRead(path, out var text) is { } failure)
        {
            found.Error(true, Key, $"names {path}: {failure}", "name a file that can be read");
            return;
        }

        foreach (var problem in PolicyYaml.Parse(text, new() { Reach = WebhookRules.Reach(found, isAlone) }).Problems)
            // Whether the program adds such an action is known only when it starts, and is checked again there.
            found.Add(problem.IsForCode ? Issue(path, problem, MemoryConfigurationSeverity.Warning) : Issue(path, problem));
    }

    /// <summary>Where the file is.</summary>
    public static string PathOf(string file) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, file));

    /// <summary>A problem of a policy document as an issue of the configuration.</summary>
    public static MemoryConfigurationIssue Issue(
        string file, PolicyProblem problem, MemoryConfigurationSeverity severity = MemoryConfigurationSeverity.Error) =>
        new(severity, IssueCodes.Schema, problem.Path, problem.Message)
        {
            Origin = new MemoryConfigurationOrigin(file, problem.Line, problem.Column),
        };
}
