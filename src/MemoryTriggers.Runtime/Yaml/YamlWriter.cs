using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using ScalarEvent = YamlDotNet.Core.Events.Scalar;

namespace MemoryTriggers.Yaml;

/// <summary>Writes a JSON document as YAML that reads as the same document: texts that could be taken for something else are quoted.</summary>
internal sealed class YamlWriter
{
    private const int LongestPlain = 200;

    private static readonly EmitterSettings Settings = EmitterSettings.Default.WithNewLine("\n");
    private static readonly string[] Reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    private readonly Emitter _emitter;
    private readonly bool _isStrict;

    private YamlWriter(TextWriter text, bool isStrict) => (_emitter, _isStrict) = (new Emitter(text, Settings), isStrict);

    /// <param name="document">The document.</param>
    /// <param name="isStrict">Quotes every text that is a value, and puts lists on one line, as configurations have them.</param>
    public static string Write(JsonNode document, bool isStrict = false)
    {
        using var text = new StringWriter();
        new YamlWriter(text, isStrict).Document(document);
        var yaml = text.ToString();
        return yaml.EndsWith('\n') ? yaml : yaml + "\n";
    }

    private void Document(JsonNode document)
    {
        _emitter.Emit(new StreamStart());
        _emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Node(document);
        _emitter.Emit(new DocumentEnd(isImplicit: true));
        _emitter.Emit(new StreamEnd());
    }

    private void Node(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                _emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, members.Count > 0 ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var (name, value) in members)
                {
                    Text(name, IsPlain(name));
                    Node(value);
                }

                _emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                _emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, _isStrict || items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items) Node(item);
                _emitter.Emit(new SequenceEnd());
                break;
            case { } value when value.GetValueKind() == JsonValueKind.String:
                // A time is a text in JSON, and an object before that.
                var text = JsonElement.Parse(value.ToJsonString()).GetString()!;
                Text(text, !_isStrict && IsPlain(text));
                break;
            default:
                Text(node?.ToJsonString() ?? "null", isPlain: true);
                break;
        }
    }

    private void Text(string text, bool isPlain) => _emitter.Emit(new ScalarEvent(
        AnchorName.Empty, TagName.Empty, text, isPlain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, isPlainImplicit: isPlain, isQuotedImplicit: true));

    private static bool IsPlain(string text) =>
        text.Length is > 0 and < LongestPlain
        && char.IsAsciiLetter(text[0])
        && text[^1] != ' '
        && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ' ')
        && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase);
}
