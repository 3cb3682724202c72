using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using Spectre.Console;

namespace MemoryTriggers.Cli.Configurations;

/// <summary>The validation report of a configuration, for programs and for people.</summary>
internal static class ReportDocument
{
    public static JsonObject Of(MemoryConfigurationReport report, bool isValid) => new()
    {
        ["valid"] = isValid,
        ["environment"] = report.Configuration.Environment,
        ["performance_score"] = Math.Round(report.PerformanceScore, 3),
        ["performance_reasons"] = EntryDocument.Array(report.PerformanceReasons),
        ["issues"] = new JsonArray([.. report.Issues.Select(Issue)]),
    };

    public static void Show(IAnsiConsole screen, MemoryConfigurationReport report)
    {
        if (report.Issues.Count == 0) return;
        var table = Tables.Of("severity", "at", "key", "code", "what");
        foreach (var issue in report.Issues)
        {
            table.AddRow(
                Cells.Verdict(issue.Severity != MemoryConfigurationSeverity.Error, issue.Severity.ToString().ToLowerInvariant()),
                Cells.Text(issue.Line > 0 ? $"{issue.Line}:{issue.Column}" : ""), Cells.Text(issue.Path), Cells.Text(issue.Code),
                Cells.Text(issue.Suggestion.Length > 0 ? $"{issue.Message}; {issue.Suggestion}" : issue.Message));
        }

        screen.Write(table);
    }

    private static JsonNode Issue(MemoryConfigurationIssue issue) => new JsonObject
    {
        ["severity"] = issue.Severity.ToString().ToLowerInvariant(),
        ["code"] = issue.Code,
        ["path"] = issue.Path,
        ["source"] = issue.Origin.Source,
        ["line"] = issue.Line,
        ["column"] = issue.Column,
        ["message"] = issue.Message,
        ["suggestion"] = issue.Suggestion,
    };
}
