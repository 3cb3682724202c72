using MemoryTriggers.Configuration;

namespace MemoryTriggers.Operations;

/// <summary>Second: whether the settings are still such that it can work; a data folder that somebody has removed is made again.</summary>
internal sealed class ConfigurationStrategy(MemoryTriggersOptions options) : IRecoveryStrategy
{
    public string Name => "configuration";

    public ValueTask<string> TryAsync(CancellationToken cancellationToken)
    {
        if (new MemoryTriggersOptionsValidator().Validate(null, options) is { Failed: true } result) throw new InvalidOperationException(result.FailureMessage);

        var wasThere = Directory.Exists(options.DataDirectory);
        Directory.CreateDirectory(options.DataDirectory);
        File.Create(Path.Combine(options.DataDirectory, $".recovery-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose).Dispose();
        return new(wasThere ? "the settings are valid, and the data folder can be written" : "the data folder was missing and was made again");
    }
}
