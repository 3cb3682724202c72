using System.CommandLine;
using MemoryTriggers.Cli.Policies;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Backups;

/// <summary>The policies beside a backup.</summary>
internal static class BackupPolicies
{
    public static readonly Option<bool> Include = new("--include-policies")
    {
        Description = "Also the policies of the data folder (policies.yaml), in a file beside the backup.",
    };

    /// <returns>Where they are; <see langword="null"/> when there are none.</returns>
    public static string? Save(StoreFolder folder, string backup)
    {
        if (!File.Exists(folder.Policies)) return null;
        PolicyFile.WriteText(Beside(backup), File.ReadAllText(folder.Policies));
        return Beside(backup);
    }

    /// <summary>Puts them back. Those that are there are kept under another name.</summary>
    /// <returns>Where those are that were there; <see langword="null"/> when nothing was replaced.</returns>
    public static string? Restore(StoreFolder folder, string backup, DateTimeOffset now)
    {
        if (!File.Exists(Beside(backup))) return null;
        string? kept = null;
        if (File.Exists(folder.Policies))
        {
            kept = $"{folder.Policies}.before-restore-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff}";
            File.Copy(folder.Policies, kept);
        }

        PolicyFile.WriteText(folder.Policies, File.ReadAllText(Beside(backup)));
        return kept;
    }

    private static string Beside(string backup) => backup + ".policies.yaml";
}
