using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>
/// What a process knows of its stores, in a file beside its journal, for tools that look from outside. It exists while the process runs;
/// what a killed process has left is replaced by the next one that takes the folder. Written by one loop.
/// </summary>
internal sealed class ProcessStatusFile
{
    private const string FileName = "status.json";
    private readonly string _path;
    private readonly ILogger _logger;
    private bool _hasFailed;

    /// <param name="folder">The journal's folder, which this process owns.</param>
    /// <param name="logger">Learns that it cannot be written.</param>
    public ProcessStatusFile(string folder, ILogger logger)
    {
        (_path, _logger) = (Path.Combine(folder, FileName), logger);
        Remove();
    }

    /// <summary>
    /// What the process that owns a journal has written last; <see langword="null"/> when there is nothing that can be read.
    /// </summary>
    public static JsonObject? Read(string folder)
    {
        try
        {
            return JsonNode.Parse(DurableFile.Read(Path.Combine(folder, FileName), SystemDisk.Instance)) as JsonObject;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // No process, one of another version, or one without rights to it: then nothing is known.
            return null;
        }
    }

    public void Write(JsonObject status) =>
        Try(() => DurableFile.Replace(_path, Encoding.UTF8.GetBytes(status.ToJsonString()), SystemDisk.Instance));

    public void Remove() => Try(() =>
    {
        // Whatever else is in its place: it says nothing that is kept.
        if (SetAside.Misfit(_path, SystemDisk.Instance) is not null) SetAside.Move(_path, SystemDisk.Instance, TimeProvider.System);
        File.Delete(_path);
    });

    private void Try(Action act)
    {
        try
        {
            act();
            _hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_hasFailed) Log.StatusNotWritten(_logger, _path, exception.Message);
            _hasFailed = true;
        }
    }
}
