using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Problems;

/// <summary>
/// Problems that stay until they are acknowledged, whatever ends and starts meanwhile: a file each, in a folder that the processes of a
/// data folder share. Where nothing can be written they are kept in memory. Reporting never throws. Thread-safe.
/// </summary>
/// <param name="root">The data folder; <see langword="null"/> to keep them in memory.</param>
/// <param name="disk">The disk that holds it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns of each when it is new.</param>
internal sealed class ProblemLog(string? root, IDisk disk, TimeProvider time, ILogger logger)
{
    public const string FolderName = "problems";

    /// <summary>So many are kept; then one more says that there are others.</summary>
    public const int MaxProblems = 100;

    private const string Extension = ".json";
    private const string More = "there are more problems than are kept here; the log has them all";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LastingProblem> _inMemory = [];
    private readonly string? _folder = root is null ? null : Path.Combine(root, FolderName);

    /// <summary>The log of a data folder.</summary>
    public static ProblemLog At(string? root, TimeProvider time, ILogger? logger = null) =>
        new(root, SystemDisk.Instance, time, logger ?? NullLogger.Instance);

    /// <summary>Keeps a problem; one that is open already stays as it is.</summary>
    /// <param name="text">What happened, and what follows from it: one line, without any value of the program.</param>
    public void Report(string text)
    {
        lock (_gate)
        {
            var open = Open();
            var said = open.Count < MaxProblems ? text : More;
            var problem = new LastingProblem(IdOf(said), time.GetUtcNow(), said);
            if (open.Any(known => known.Id == problem.Id)) return;
            Log.Reported(logger, problem.Id, said);
            try
            {
                if (_folder is null) _inMemory[problem.Id] = problem;
                else Write(problem, _folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The disk is full, or refuses: known to this process, at least.
                _inMemory[problem.Id] = problem;
            }
        }
    }

    /// <summary>The problems that were not acknowledged, oldest first.</summary>
    public IReadOnlyList<LastingProblem> Open()
    {
        lock (_gate)
        {
            var onDisk = Files().Select(Read).OfType<LastingProblem>();
            return [.. _inMemory.Values.Concat(onDisk).DistinctBy(static problem => problem.Id).OrderBy(static problem => problem.At)
                .ThenBy(static problem => problem.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>A person knows of it: it is a problem no longer.</summary>
    /// <param name="id">Only this one; all of them when not set.</param>
    /// <returns>The problems that were acknowledged.</returns>
    /// <exception cref="IOException">The disk refuses; the rest is still open.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be deleted.</exception>
    public IReadOnlyList<LastingProblem> Acknowledge(string? id = null)
    {
        lock (_gate)
        {
            var acknowledged = Open().Where(problem => id is null || problem.Id == id).ToList();
            foreach (var problem in acknowledged)
            {
                if (_folder is not null && disk.FileExists(PathOf(problem.Id, _folder))) disk.Delete(PathOf(problem.Id, _folder));
                _inMemory.Remove(problem.Id);
            }

            return acknowledged;
        }
    }

    private static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    private static string PathOf(string id, string folder) => Path.Combine(folder, id + Extension);

    private void Write(LastingProblem problem, string folder)
    {
        DurableDirectory.Create(folder, disk);
        DurableFile.Replace(
            PathOf(problem.Id, folder), JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Default.LastingProblem), disk);
    }

    private string[] Files()
    {
        try
        {
            return _folder is not null && disk.DirectoryExists(_folder) ? disk.Files(_folder, Extension) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be listed cannot be told; the folder itself shows in the check of the disk.
            return [];
        }
    }

    // By the name of its file, whatever the file says. One that cannot be read is a problem all the same.
    private LastingProblem? Read(string path)
    {
        var id = Path.GetFileNameWithoutExtension(path);
        try
        {
            var problem = JsonSerializer.Deserialize(DurableFile.Read(path, disk), ProblemJson.Default.LastingProblem);
            if (problem?.Text is not null) return problem with { Id = id };
        }
        catch (FileNotFoundException)
        {
            // Acknowledged at this moment.
            return null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // Said below.
        }

        return new LastingProblem(id, DateTimeOffset.UnixEpoch, $"a problem was noted in {path}, which cannot be read");
    }
}
