using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using MemoryTriggers.Sqlite;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Vectors;

/// <summary>The vectors of one model, in memory to be searched and on disk to be kept. Thread-safe once it is open.</summary>
/// <param name="path">The file; <see langword="null"/> to keep nothing.</param>
/// <param name="model">The model that makes the vectors.</param>
/// <param name="problems">Learns of a file that is damaged and was set aside.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns what became of the file.</param>
internal sealed class VectorStore(string? path, string model, ProblemLog problems, TimeProvider time, ILogger logger) : IDisposable
{
    private VectorFile? _file;

    public VectorMatrix Matrix { get; } = new();

    /// <summary>Reads what the file has. Until then there are no vectors.</summary>
    public void Open()
    {
        try
        {
            if (path is not null) _file = Load(path);
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception) || exception is IOException or UnauthorizedAccessException)
        {
            Log.InMemoryOnly(logger, exception.Message);
        }

        Log.Opened(logger, Matrix.Count, model);
    }

    /// <summary>On disk first: what is in memory is taken for done.</summary>
    public void Put(IReadOnlyList<StoredVector> vectors)
    {
        _file?.Put(vectors);
        Matrix.Put(vectors);
    }

    public void Remove(IReadOnlyCollection<Guid> ids)
    {
        _file?.Remove(ids);
        Matrix.Remove(ids);
    }

    public void Dispose()
    {
        _file?.Dispose();
        Matrix.Dispose();
    }

    private VectorFile Load(string file)
    {
        PrivateFile.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var opened = new VectorFile(file, problems, time);
        try
        {
            if (opened.Model is var before && before != model)
            {
                if (before is not null) Log.ModelChanged(logger, before, model);
                opened.Begin(model);
            }

            var vectors = opened.ReadAll();
            if (vectors.Select(static vector => vector.Values.Length).Distinct().Count() > 1)
            {
                // A model under the name of another: they cannot be distinguished.
                opened.Begin(model);
                vectors.Clear();
            }

            Matrix.Put(vectors);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
