using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Stores;

/// <summary>The data folder of a program: its store, its journals, its dead letters.</summary>
internal sealed class StoreFolder
{
    public const string SqliteName = "memory.db";
    public const string JsonName = "memory.json";
    public const string LiteDbName = LiteDbBackendOptions.DefaultName;

    private StoreFolder(string path, string store) => (Path, Store) = (path, store);

    public string Path { get; }

    /// <summary>The file of the store, whether it is there or not.</summary>
    public string Store { get; }

    public bool HasStore => File.Exists(Store);

    public bool IsJson => Store.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public bool IsLiteDb => Store.EndsWith(System.IO.Path.GetExtension(LiteDbName), StringComparison.OrdinalIgnoreCase);

    public string DeadLetters => System.IO.Path.Combine(Path, DataDirectory.DeadLettersName);

    /// <summary>The dead letters. A file that is damaged is set aside, and that is a problem of the folder.</summary>
    public DeadLetterStore Letters(TimeProvider time) =>
        new(DeadLetters, time, NullLogger<DeadLetterStore>.Instance, SystemDisk.Instance, problems: ProblemLog.At(Path, time));

    public string Policies => System.IO.Path.Combine(Path, "policies.yaml");

    /// <summary>The folders of the journals in it.</summary>
    public IReadOnlyList<string> Journals => JournalInspector.Find(Path);

    /// <summary>Where the folders of programs are, unless they choose others.</summary>
    public static string UsualPlace { get; } = Directory.GetParent(ToolMemory.Folder)!.FullName;

    /// <param name="given">A folder or the file of a store; <see langword="null"/> for the only one in the usual place.</param>
    /// <exception cref="CommandException">There is none, or there are several.</exception>
    public static StoreFolder Locate(string? given)
    {
        if (given is null) return At(OnlyOne());
        var path = System.IO.Path.GetFullPath(given);
        if (Directory.Exists(path)) return At(path);
        if (File.Exists(path)) return new StoreFolder(System.IO.Path.GetDirectoryName(path)!, path);
        throw new CommandException($"There is no folder {path}. Name the data folder of the program with --data.");
    }

    /// <exception cref="CommandException">There is no store.</exception>
    public void RequireStore()
    {
        if (!HasStore) throw new CommandException($"There is no store in {Path} ({SqliteName}, {JsonName} or {LiteDbName}). Name the " +
            "data folder of the program with --data.");
    }

    /// <exception cref="CommandException">It is one that LiteDB keeps, and the command has no way to do that with its file.</exception>
    public void RefuseLiteDb(string instead)
    {
        if (IsLiteDb) throw new CommandException($"{Store} is a LiteDB file: {instead}");
    }

    private static StoreFolder At(string folder)
    {
        string[] known = [SqliteName, JsonName, LiteDbName];
        var store = known.Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return new StoreFolder(folder, store ?? System.IO.Path.Combine(folder, SqliteName));
    }

    private static string OnlyOne()
    {
        var known = Directory.Exists(UsualPlace) ? Directory.GetDirectories(UsualPlace)
            .Where(static folder => folder != ToolMemory.Folder && At(folder).HasStore).Order().ToList() : [];
        return known switch
        {
            [var only] => only,
            [] => throw new CommandException($"There is no store under {UsualPlace}. Name the data folder of the program with --data."),
            _ => throw new CommandException($"There are several stores; name one with " +
                $"--data:\n{string.Join('\n', known.Select(static folder => "  " + folder))}", ExitCodes.WrongUsage),
        };
    }
}
