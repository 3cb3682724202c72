using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using Spectre.Console;

namespace MemoryTriggers.Cli.Reports;

/// <summary>Prints what was found, and says in the exit code whether all of it is well.</summary>
internal static class FindingTable
{
    public static int Write(CommandSession session, IReadOnlyList<Finding> findings)
    {
        var isHealthy = findings.All(static finding => finding.IsWell);
        var document = new JsonObject
        {
            ["status"] = isHealthy ? "healthy" : "unhealthy",
            ["checks"] = new JsonArray([.. findings.Select(static finding => finding.Document)]),
        };
        session.Output.Write(document, screen =>
        {
            screen.Write(Of(findings));
            screen.Line(isHealthy ? "Healthy." : "Not healthy.");
        });
        return isHealthy ? ExitCodes.Fine : ExitCodes.Unhealthy;
    }

    public static Table Of(IReadOnlyList<Finding> findings)
    {
        var table = Tables.Of("", "what", "found");
        foreach (var finding in findings)
            table.AddRow(Cells.Verdict(finding.IsWell, finding.IsWell ? "ok" : "bad"), Cells.Text(finding.Name),
                Cells.Text(finding.Detail));
        return table;
    }
}
