using MemoryTriggers;
using Quickstart;
using Spectre.Console;

if (!Arguments.TryParse(args, out var arguments, out var message))
{
    AnsiConsole.MarkupLineInterpolated($"[red]{message}[/]");
    AnsiConsole.WriteLine(Arguments.Help);
    return 2;
}

if (arguments.ShowHelp)
{
    AnsiConsole.WriteLine(Arguments.Help);
    return 0;
}

// Without a terminal there is no width to ask for.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 120;

var project = new DirectoryInfo(arguments.Folder).Name;
await using var memory = await MemoryTriggerService.StartAsync(options =>
{
    options.Project = project;
    if (arguments.DataDirectory is { } directory) options.DataDirectory = directory;
});

var started = DateTimeOffset.UtcNow;
AnsiConsole.Write(new Rule($"Release check of {Markup.Escape(arguments.Folder)}").LeftJustified());
await new ReleaseCheck(arguments.Folder, project).RunAsync();

if (!await memory.FlushAsync()) AnsiConsole.MarkupLine("[yellow]Not everything is stored yet; the rest follows at the next start.[/]");

var report = new RecallReport(memory.Recall, started);
await report.ThisRunAsync();
await report.FailuresAsync();
await report.QuestionAsync("why did reading the release notes fail?");
await report.EarlierRunsAsync();
await HealthReport.WriteAsync(memory);
return 0;
