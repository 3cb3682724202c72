using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace MemoryTriggers.Benchmarks.Recall;

/// <summary>
/// Memories as the operations of a few teams leave them, made from a seed: many that look alike, and among them incidents that happened once, each with a
/// question in other words to which it is the answer.
/// </summary>
internal sealed class OperationCorpus(int seed)
{
    private static readonly string[] Services = ["checkout", "billing", "search", "inventory", "login", "mail", "catalog", "shipping", "reporting", "gateway"];
    private static readonly string[] Hosts = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima"];
    private static readonly (string Line, string Question)[] Causes =
    [
        ("the connection pool was exhausted after a traffic peak", "why did {0} run out of connections"),
        ("the certificate of {1} had expired", "what happened to {0} when a certificate expired"),
        ("a migration locked the table for ten minutes", "which migration was locking a table of {0}"),
        ("the disk of {1} was full of old logs", "{0} no space left on the disk"),
        ("a timeout was set to seconds instead of milliseconds", "{0} wrong timeout unit"),
        ("the cache kept stale prices after the import", "why were prices stale in {0}"),
        ("two workers took the same job from the queue", "{0} job processed twice by workers"),
        ("the feature flag was missing in production", "missing feature flag {0}"),
        ("a null customer id came from the legacy import", "null customer in {0} from the legacy importer"),
        ("the retry loop hammered {1} without backoff", "{0} retrying without a backoff"),
        ("the time zone of {1} was wrong after the update", "{0} wrong timezone"),
        ("the index was dropped by mistake", "who dropped an index of {0}"),
    ];

    private readonly Random _random = new(seed);
    private long _serial;

    private readonly Dictionary<(int Cause, string Service, string Host), HashSet<Guid>> _incidents = [];

    /// <summary>The questions, each with the memories that answer it: every second one by the name of a release, the others by service, host and cause in other words.</summary>
    public List<(string Text, IReadOnlySet<Guid> Answers)> Questions { get; } = [];

    /// <summary>So many memories; one in every <paramref name="every"/> is an incident with a question.</summary>
    public IEnumerable<MemoryEntry> Make(int count, int every)
    {
        for (var number = 0; number < count; number++) yield return number % every == every / 2 ? Incident() : Routine();
    }

    private MemoryEntry Routine()
    {
        var (service, host) = (Pick(Services), Pick(Hosts));
        var number = _random.Next(100_000);
        return _random.Next(5) switch
        {
            0 => Entry($"Workflow 'deploy-{service}' completed successfully in {_random.Next(10, 900)}ms", "pattern", TriggerType.WorkflowCompletion, TriggerOutcome.Success, service),
            1 => Entry($"Agent operation completed: qa - run checks of {service} on {host}: {_random.Next(200)} passed, none failed", "pattern", TriggerType.AgentOperation, TriggerOutcome.Success, service),
            2 => Entry($"Error resolution: timeout in {service}: request {number} to {host} timed out after {_random.Next(1, 30)} s", "error", TriggerType.ErrorResolution, TriggerOutcome.Failure, service),
            3 => Entry($"Issue resolved: ISS-{number:00000}: {service} shows the right total again", "project", TriggerType.IssueResolution, TriggerOutcome.Success, service),
            _ => Entry($"Knowledge captured: restart of {service} on {host} takes {_random.Next(5, 90)} s", "pattern", TriggerType.KnowledgeCapture, TriggerOutcome.Success, service),
        };
    }

    private MemoryEntry Incident()
    {
        var (service, host) = (Pick(Services), Pick(Hosts));
        var cause = _random.Next(Causes.Length);
        var (line, question) = Causes[cause];
        var name = $"{Pick(Hosts)}-{_random.Next(1_000_000):x5}";
        var entry = Entry(
            $"Error resolution: {service} on {host} failed in release {name}: {string.Format(CultureInfo.InvariantCulture, line, service, host)}", "error", TriggerType.ErrorResolution, TriggerOutcome.Failure, service);
        var asked = string.Format(CultureInfo.InvariantCulture, question, service, host);
        var same = _incidents.TryGetValue((cause, service, host), out var known) ? known : _incidents[(cause, service, host)] = [];
        same.Add(entry.Id);
        Questions.Add(Questions.Count % 2 == 0 ? ($"{asked} in {name}?", new HashSet<Guid> { entry.Id }) : ($"{asked} on {host}?", same));
        return entry;
    }

    private MemoryEntry Entry(string content, string category, TriggerType type, TriggerOutcome outcome, string service)
    {
        var serial = ++_serial;
        var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(serial);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, time.ToUnixTimeMilliseconds() << 16 | 0x7000);
        BinaryPrimitives.WriteInt64BigEndian(id[8..], long.MinValue | serial);
        return new MemoryEntry
        {
            Id = new Guid(id, bigEndian: true), Key = $"{service}.run", Content = content, Category = category, Project = "shop", TriggerType = type, Outcome = outcome,
            Tags = [service], EntityType = "service", EntityId = service, CreatedAt = time, UpdatedAt = time, Value = JsonSerializer.SerializeToElement(new { service, serial }),
        };
    }

    private string Pick(string[] words) => words[_random.Next(words.Length)];
}
