using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;
using MemoryTriggers.Secrets;

namespace MemoryTriggers.Decoding;

/// <summary>A record and the definition of its trigger become a memory: defaults, tags, the readable line, the value.</summary>
/// <param name="defaultProject">The configured project, for records that name none.</param>
/// <param name="lines">The wording of the line, and the size of the value; the defaults when not given.</param>
/// <param name="secrets">The rule about secrets; the usual one when not given.</param>
internal sealed class MemoryComposer(string? defaultProject, LineOptions? lines = null, SecretRule? secrets = null)
{
    private readonly SecretRule _secrets = secrets ?? SecretRule.Usual;
    private readonly LineOptions _lines = lines ?? new LineOptions();

    // Records whose definition is lost are still kept.
    private static readonly TriggerDefinition Unknown = new() { Type = TriggerType.KnowledgeCapture, Operation = "unknown trigger" };

    private static readonly (CaptureOverride What, string Name)[] ContextNames =
    [
        (CaptureOverride.Agent, "agent"), (CaptureOverride.Session, "session_id"), (CaptureOverride.Task, "task_id"),
        (CaptureOverride.User, "user_id"), (CaptureOverride.Correlation, "correlation_id"),
    ];

    public MemoryEntry Compose(DecodedRecord record, TriggerDefinition? definition) => _secrets.Redact(ComposeAll(record, definition));

    private MemoryEntry ComposeAll(DecodedRecord record, TriggerDefinition? definition)
    {
        definition ??= Unknown;
        var subject = record.Overrides.GetValueOrDefault(CaptureOverride.Subject) ?? definition.Subject;
        // A command is known by its name, not by the method that carries it out; "workflow" is a type, and no name.
        var isCommand = definition is { IsCommandLine: true, Type: TriggerType.WorkflowCompletion };
        var command = isCommand && subject is { Length: > 0 } and not "workflow" ? subject : null;
        var operation = record.Overrides.GetValueOrDefault(CaptureOverride.Operation) ?? command ?? definition.Operation;
        var source = record.Overrides.GetValueOrDefault(CaptureOverride.Source) ?? definition.Source
            ?? TriggerDefaults.MethodSource(definition);

        return new MemoryEntry
        {
            Id = record.Id,
            Category = record.Overrides.GetValueOrDefault(CaptureOverride.Category) ?? TriggerDefaults.Category(definition.Type),
            Key = record.Overrides.GetValueOrDefault(CaptureOverride.Key)
                ?? (command is null ? OperationText.Key(definition, operation) : operation),
            Content = Content(record, definition, operation, subject),
            Value = Value(record, definition, operation),
            Tags = Tags(record, definition, operation, subject, source),
            EntityType = TriggerDefaults.EntityType(definition.Type),
            EntityId = subject,
            Project = record.Overrides.GetValueOrDefault(CaptureOverride.Project) ?? definition.Project ?? defaultProject
                ?? MemoryEntry.UnknownProject,
            Source = source,
            TriggerType = definition.Type,
            Priority = record.Priority,
            Outcome = record.Outcome,
            Duration = record.Duration,
            CreatedAt = record.EndedAt,
            UpdatedAt = record.EndedAt,
            TraceId = record.TraceId,
            SpanId = record.SpanId,
            ParentId = record.ParentId,
            Provenance = new Provenance
            {
                Module = definition.DeclaringType ?? source,
                TaskId = record.Overrides.GetValueOrDefault(CaptureOverride.Task) ?? Provenance.NoTask,
                SessionId = record.Overrides.GetValueOrDefault(CaptureOverride.Session),
                UserId = record.Overrides.GetValueOrDefault(CaptureOverride.User),
                CreatedBy = source,
                CreatedAt = record.EndedAt,
            },
        };
    }

    private string Content(DecodedRecord record, TriggerDefinition definition, string operation, string? subject)
    {
        if (record.Overrides.TryGetValue(CaptureOverride.Content, out var content)) return content;
        if (definition.Content is { } template) return new ContentTemplate(template, definition, record, _lines).Fill();
        var line = ContentLine.Compose(definition, operation, subject, record, _lines.Style);
        return _lines.MaskPersonalData ? PersonalData.Mask(line) : line;
    }

    private static List<string> Tags(DecodedRecord record, TriggerDefinition definition, string operation, string? subject, string source)
    {
        IEnumerable<string?> all =
        [
            TriggerDefaults.HookType(definition.Type, record.IsFailed),
            source,
            operation,
            definition.IsCommandLine ? "cli" : null,
            TriggerDefaults.Tag(definition.Type),
            subject, .. definition.Tags, .. record.Tags, record.Outcome.Name(),
        ];
        return [.. all.Where(tag => !string.IsNullOrWhiteSpace(tag)).Select(tag => tag!).Distinct(StringComparer.Ordinal)];
    }

    private JsonElement Value(DecodedRecord record, TriggerDefinition definition, string operation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CompactJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("operation", operation);
            if (definition.Signature is { } signature) json.WriteString("method", signature);
            Arguments(json, record, definition);
            if (record.HasResult)
            {
                json.WritePropertyName("result");
                BoundedJson.Write(json, record.Result, _lines.MaxObjectBytes);
            }

            if (record.Items is { } items) json.WriteNumber("items", items);
            if (record.Exceptions.Count > 0 && record.Outcome != TriggerOutcome.Success) Exceptions(json, "exception", record.Exceptions);
            if (record.Handled.Count > 0) Exceptions(json, "handled", record.Handled);
            if (record.Metadata.Count > 0)
            {
                json.WriteStartObject("metadata");
                foreach (var (name, value) in record.Metadata) Property(json, name, value);
                json.WriteEndObject();
            }

            Context(json, record.Overrides);
            if (record.Flags.HasFlag(CaptureFlags.Truncated)) json.WriteBoolean("truncated", true);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Context(Utf8JsonWriter json, Dictionary<CaptureOverride, string> overrides)
    {
        var isOpen = false;
        foreach (var (what, name) in ContextNames)
        {
            if (!overrides.TryGetValue(what, out var text)) continue;
            if (!isOpen) json.WriteStartObject("context");
            isOpen = true;
            json.WriteString(name, text);
        }

        if (isOpen) json.WriteEndObject();
    }

    private void Arguments(Utf8JsonWriter json, DecodedRecord record, TriggerDefinition definition)
    {
        if (record.Arguments.Count == 0) return;
        json.WriteStartObject("arguments");
        var room = (long)_lines.MaxObjectBytes;
        foreach (var (index, value) in record.Arguments)
        {
            json.WritePropertyName(index < definition.Parameters.Count ? definition.Parameters[index] : $"argument{index}");
            var start = json.BytesCommitted + json.BytesPending;
            BoundedJson.Write(json, value, (int)Math.Max(0, room));
            if (value is JsonObject or JsonArray) room -= json.BytesCommitted + json.BytesPending - start;
        }

        json.WriteEndObject();
    }

    private static void Exceptions(Utf8JsonWriter json, string name, List<CapturedException> exceptions)
    {
        json.WriteStartArray(name);
        foreach (var exception in exceptions)
        {
            json.WriteStartObject();
            json.WriteString("type", exception.Type);
            json.WriteString("message", exception.Message);
            if (exception.StackTrace.Length > 0) json.WriteString("stackTrace", exception.StackTrace);
            if (exception.Members.Count > 0) Property(json, "properties", exception.Members);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Property(Utf8JsonWriter json, string name, JsonNode? value)
    {
        json.WritePropertyName(name);
        if (value is null) json.WriteNullValue();
        else value.WriteTo(json, CompactJson.Options);
    }
}
