using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Protection;
using MemoryTriggers.Recall;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Cli.Invocation;

/// <summary>One command under way: what was typed, where to print, and the store that it is about.</summary>
internal sealed class CommandSession(ParseResult arguments, CommandOutput output, TimeProvider time, CancellationToken token)
{
    public CommandOutput Output => output;

    public TimeProvider Time => time;

    /// <summary>Canceled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Token => token;

    /// <summary>The project that was named, or <see langword="null"/> for all of them.</summary>
    public string? Project { get; } = arguments.GetValue(GlobalOptions.AllProjects)
        ? null
        : arguments.GetValue(GlobalOptions.Project) ?? Present("MEMORY_TRIGGERS_PROJECT");

    /// <summary>The user that was named, or <see langword="null"/> for all of them.</summary>
    public string? User { get; } = arguments.GetValue(GlobalOptions.AllUsers)
        ? null
        : arguments.GetValue(GlobalOptions.User) ?? Present("MEMORY_TRIGGERS_USER");

    /// <summary>What the command sees: the project and the user that were named.</summary>
    public MemoryQuery Scope => MemoryRecallScope.Of(new MemoryQuery { VisibleTo = User }, Project);

    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(arguments.GetValue(GlobalOptions.Timeout));

    /// <summary>The store on a server that was named, or <see langword="null"/> for that of the data folder.</summary>
    /// <exception cref="CommandException">Its name cannot be parsed.</exception>
    public ServerStore? Server => field ??= arguments.GetValue(GlobalOptions.Store) is { } given ? ServerStore.Parse(given) : null;

    /// <summary>The data folder.</summary>
    /// <exception cref="CommandException">It is not clear which one is meant, or a server was named in its place.</exception>
    public StoreFolder Folder => Server is { } server
        ? throw new CommandException($"This works on the data folder of a program, and --store names {server.Name}: leave --store out. " +
            "What a server keeps, 'memory export' and 'memory import' carry from one place to another.", ExitCodes.WrongUsage)
        : GivenFolder;

    /// <summary>The data folder, beside a server only if it is named as well.</summary>
    /// <exception cref="CommandException">It is not clear which one is meant.</exception>
    public StoreFolder? FolderIfAny => Server is not null && !IsGiven(GlobalOptions.Data) ? null : GivenFolder;

    private StoreFolder GivenFolder =>
        field ??= StoreFolder.Locate(arguments.GetValue(GlobalOptions.Data) ?? Present("MEMORY_TRIGGERS_DATA"));

    public T? Get<T>(Option<T> option) => arguments.GetValue(option);

    public T Get<T>(Argument<T> argument) => arguments.GetValue(argument)!;

    public bool IsGiven(Option option) => arguments.GetResult(option) is { Implicit: false };

    /// <summary>Opens the store as it is: neither made, nor repaired, nor brought up to date.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    /// <exception cref="MemoryBackendException">It cannot be opened.</exception>
    public Task<OpenStore> OpenAsync() => OpenStore.OpenAsync(
        Server is { } server
            ? server.Create(IsGiven(GlobalOptions.Timeout) ? Timeout : null, time)
            : OpenStore.Create(Folder, Timeout, time), Keys(), Project, time, token);

    /// <summary>The file with the keys of encrypted values, or <see langword="null"/>.</summary>
    public string? KeyFile => arguments.GetValue(GlobalOptions.KeyFile) ?? Present("MEMORY_TRIGGERS_KEY_FILE");

    private EncryptionKeys? Keys()
    {
        try
        {
            return KeyFile is { } file
                ? EncryptionKeys.Load(new ProtectionOptions { KeyFile = file }, Environment.CurrentDirectory, NullLogger.Instance)
                : null;
        }
        catch (OptionsValidationException exception)
        {
            throw new CommandException(exception.Message, ExitCodes.WrongUsage, exception);
        }
    }

    private static string? Present(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
