using MemoryTriggers.Files;

namespace MemoryTriggers.Operations;

/// <summary>Second: checks whether it can work with its settings; a removed data folder is created again.</summary>
/// <param name="dataDirectory">The data folder.</param>
/// <param name="findProblem">Finds a problem of the settings; <see langword="null"/> when there is none.</param>
internal sealed class ConfigurationStrategy(string dataDirectory, Func<string?> findProblem) : IRecoveryStrategy
{
    public string Name => "configuration";

    public ValueTask<string> TryAsync(CancellationToken cancellationToken)
    {
        if (findProblem() is { } problem) throw new InvalidOperationException(problem);

        var wasThere = Directory.Exists(dataDirectory);
        PrivateFile.CreateDirectory(dataDirectory);
        PrivateFile.Open(Path.Combine(dataDirectory, $".recovery-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write,
            options: FileOptions.DeleteOnClose).Dispose();
        return new(wasThere
            ? "the settings are valid, and the data folder can be written"
            : "the data folder was missing and was made again");
    }
}
