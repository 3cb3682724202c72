using MemoryTriggers.Reports;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace MemoryTriggers;

/// <summary><c>--memory-triggers</c>, with settings behind it: <c>--memory-triggers Data=folder Quiet=true</c>.</summary>
internal sealed class MemoryTestOptions : MemoryTestExtension, ICommandLineOptionsProvider
{
    public const string Name = "memory-triggers";

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
        [new(Name, "Remember failing tests, and say what earlier runs knew of them. Settings: Data=<folder> Project=<name> " +
            "Wait=<seconds> Quiet=true", ArgumentArity.ZeroOrMore, false)];

    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments)
    {
        var unknown = arguments.SelectMany(static argument => argument.Split(';', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(static setting => !IsKnown(setting));
        return unknown is null ? ValidationResult.ValidTask : ValidationResult.InvalidTask($"'{unknown}' is no setting of --{Name}. " +
            $"Settings are {string.Join(", ", RecorderOptions.Names.Select(static name => name + "="))}");
    }

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;

    private static bool IsKnown(string setting) =>
        RecorderOptions.Names.Contains(setting.Split('=', 2)[0].Trim(), StringComparer.OrdinalIgnoreCase);
}
