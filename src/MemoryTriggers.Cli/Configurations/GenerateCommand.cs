using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Configuration;

namespace MemoryTriggers.Cli.Configurations;

/// <summary><c>generate</c></summary>
internal static class GenerateCommand
{
    private static readonly Option<string> Environment = GlobalOptions.OneOf<string>(
        new("--env", "-e")
        {
            Description = "The environment with the initial values.",
            DefaultValueFactory = static _ => "development",
        }, EnvironmentNames.All);

    private static readonly Option<FileInfo?> Target = new("--output", "-o")
    {
        Description = "The file to write. Without it: standard output.",
        HelpName = "file",
    };
    private static readonly Option<bool> Minimal = new("--minimal")
    {
        Description = "Only the required keys: every other key has its value from the environment.",
    };
    private static readonly Option<bool> Schema = new("--schema") { Description = "The JSON Schema of the keys instead, for editors." };

    public static Command Create() =>
        new Command("generate", "Writes an initial configuration: the values of an environment, or the schema of all keys.")
    {
        Environment, Target, Minimal, Schema, Confirmation.Force,
    }.Runs(RunAsync);

    [CliMemoryTrigger("generate")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var text = session.Get(Schema) ? MemoryConfiguration.JsonSchema()
            : session.Get(Minimal) ? $"preset: \"{session.Get(Environment)}\"\nenvironment: " +
                $"\"{session.Get(Environment)}\"\nconfig_version: \"{MemoryConfiguration.CurrentVersion}\"\nglobal_enabled: true\n"
            : MemoryConfiguration.BuiltIn(session.Get(Environment)!);
        if (session.Get(Target) is not { } target)
        {
            session.Output.WriteText(text.EndsWith('\n') ? text : text + "\n");
            return Task.FromResult(ExitCodes.Fine);
        }

        SettingFile.Replace(target.FullName, text, OutputFile.MayReplace(session, target.FullName));
        session.Output.Write(new JsonObject { ["file"] = target.FullName }, screen => screen.Line($"Wrote {target.FullName}."));
        return Task.FromResult(ExitCodes.Fine);
    }
}
