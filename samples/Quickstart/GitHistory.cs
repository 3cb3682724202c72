namespace Quickstart;

/// <summary>The newest commits, summed up.</summary>
internal sealed record GitHistory(int Commits, int Authors, string LastSubject)
{
    public static GitHistory Parse(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t', 2)).ToList();
        return new GitHistory(
            lines.Count,
            lines.Select(static line => line[0]).Distinct().Count(),
            lines.Count > 0 && lines[0].Length > 1 ? lines[0][1] : "none");
    }
}
