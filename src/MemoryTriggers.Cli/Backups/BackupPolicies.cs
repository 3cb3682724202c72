using System.CommandLine;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Policies;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Configuration;
using MemoryTriggers.Files;

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
        SettingFile.Replace(Beside(backup), File.ReadAllText(folder.Policies));
        return Beside(backup);
    }

    /// <summary>Puts them back. Those that are there are kept under another name.</summary>
    /// <returns>Where those are that were there; <see langword="null"/> when nothing was replaced.</returns>
    public static async Task<string?> RestoreAsync(CommandSession session, StoreFolder folder, string backup)
    {
        if (!File.Exists(Beside(backup))) return null;
        using var held = await PolicyFile.LockAsync(session, folder.Policies);
        string? kept = null;
        if (File.Exists(folder.Policies))
        {
            kept = $"{folder.Policies}.before-restore-{session.Time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff}";
            WholeFile.Copy(folder.Policies, kept);
        }

        SettingFile.Replace(folder.Policies, File.ReadAllText(Beside(backup)));
        return kept;
    }

    private static string Beside(string backup) => backup + ".policies.yaml";
}
