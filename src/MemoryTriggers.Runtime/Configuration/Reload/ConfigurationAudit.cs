using System.Text;
using System.Text.Json;
using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>
/// Writes down each change of the configuration and of the policies: a JSON object a line, in <c>configuration-audit.jsonl</c> in the data
/// folder. Secrets are masked.
/// Only the owner may read the file. Thread-safe.
/// </summary>
internal sealed class ConfigurationAudit(string folder, TimeProvider time, ILogger logger)
{
    public const string FileName = "configuration-audit.jsonl";

    private readonly Lock _gate = new();

    public void Write(string what, IReadOnlyList<ConfigurationChange> changes, IReadOnlyList<MemoryConfigurationIssue> problems)
    {
        try
        {
            var line = Line(what, changes, problems);
            lock (_gate) Append(line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A configuration takes effect even where nothing can be written.
            Log.AuditFailed(logger, exception);
        }
    }

    private void Append(byte[] line)
    {
        PrivateFile.CreateDirectory(folder);
        using var file = PrivateFile.Open(Path.Combine(folder, FileName), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(line);
        file.Flush(flushToDisk: true);
    }

    private byte[] Line(string what, IReadOnlyList<ConfigurationChange> changes, IReadOnlyList<MemoryConfigurationIssue> problems)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", time.GetUtcNow());
            json.WriteString("what", what);
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteStartArray("changes");
            foreach (var change in changes)
            {
                json.WriteStartObject();
                json.WriteString("path", change.Path);
                json.WriteString("from", change.From);
                json.WriteString("to", change.To);
                json.WriteString("origin", change.Origin.ToString());
                if (change.NeedsRestart) json.WriteBoolean("at_next_start", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("problems");
            foreach (var problem in problems) json.WriteStringValue(problem.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write(Encoding.UTF8.GetBytes("\n"));
        return buffer.ToArray();
    }
}
