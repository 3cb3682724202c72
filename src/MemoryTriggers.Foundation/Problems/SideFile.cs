using MemoryTriggers.Files;

namespace MemoryTriggers.Problems;

/// <summary>
/// A small file beside the memories that is read and replaced as a whole. Whatever is there instead of it is set aside and reported, and
/// the work goes on without. One thread at a time.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="name">What it holds, for the report, such as <c>the state of policies</c>.</param>
/// <param name="consequence">What follows when it is lost, such as <c>limits start from zero</c>.</param>
/// <param name="problems">Where that is reported.</param>
/// <param name="disk">The disk that holds the file.</param>
/// <param name="time">The clock.</param>
internal sealed class SideFile(string path, string name, string consequence, ProblemLog problems, IDisk disk, TimeProvider time)
{
    public string Path => path;

    /// <summary>Reads the file.</summary>
    /// <param name="read">Reads its content; throws one of the exceptions below when it is not what was written.</param>
    /// <param name="isDamage">Whether an exception of <paramref name="read"/> says that.</param>
    /// <returns><see langword="false"/> when there is no file, or it was set aside.</returns>
    public bool TryRead(Action<byte[]> read, Func<Exception, bool> isDamage)
    {
        if (SetAside.Misfit(path, disk) is { } misfit) return GiveUp(misfit);
        try
        {
            if (!disk.FileExists(path)) return false;
            read(DurableFile.Read(path, disk));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || isDamage(exception))
        {
            return GiveUp(exception is IOException or UnauthorizedAccessException ? $"cannot be read ({exception.Message})" : "is damaged");
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">The disk is full, or refuses. The old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Replace(ReadOnlySpan<byte> content)
    {
        if (SetAside.Misfit(path, disk) is { } misfit) GiveUp(misfit);
        DurableFile.Replace(path, content, disk);
    }

    private bool GiveUp(string reason)
    {
        try
        {
            var aside = SetAside.Move(path, disk, time);
            problems.Report($"{name} in {path} {reason} and was set aside as {System.IO.Path.GetFileName(aside)}; {consequence}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Report($"{name} in {path} {reason} and cannot be set aside; {consequence}");
        }

        return false;
    }
}
