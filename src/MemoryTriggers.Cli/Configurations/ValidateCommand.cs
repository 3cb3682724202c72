using System.CommandLine;
using System.Globalization;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.Configurations;

/// <summary><c>validate</c></summary>
internal static class ValidateCommand
{
    private static readonly Argument<FileInfo> Source = new Argument<FileInfo>("file")
    {
        Description = "A configuration, or a file with rules, in YAML or JSON.",
    }.AcceptExistingOnly();
    private static readonly Option<bool> Strict = new("--strict") { Description = "Warnings refuse it, too." };

    public static Command Create() => new Command(
        "validate", "Checks a configuration file: each key, rules across keys, and what makes sense in its environment. Reports " +
            "position, problem and suggestion. Exits with 1 when it would be refused.")
    {
        Source, Strict,
    }.Runs(RunAsync);

    [CliMemoryTrigger("validate")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var file = session.Get(Source);
        var report = MemoryConfiguration.ValidateFile(file.FullName);
        var isValid = report.IsValid
            && !(session.Get(Strict) && report.Issues.Any(static issue => issue.Severity != MemoryConfigurationSeverity.Info));
        var document = ReportDocument.Of(report, isValid);
        document.Insert(0, "file", file.FullName);
        session.Output.Write(document, screen =>
        {
            ReportDocument.Show(screen, report);
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{file.Name} is {(isValid ? "valid" : "refused")}; " +
                $"{report.Issues.Count} remarks; performance score {report.PerformanceScore:0.00}"));
            foreach (var reason in report.PerformanceReasons) screen.Line($"  {reason}");
        });
        return Task.FromResult(isValid ? ExitCodes.Fine : ExitCodes.Failed);
    }
}
