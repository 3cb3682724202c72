using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using ScalarEvent = YamlDotNet.Core.Events.Scalar;

namespace MemoryTriggers.Yaml;

/// <summary>
/// Reads a YAML document into nodes that know their place. Bounded in every direction: size, depth, and what aliases expand to. Builds
/// nothing but texts, lists and mappings; tags that ask for more are refused.
/// </summary>
internal sealed class YamlTree
{
    public const int MaxBytes = 10 * 1024 * 1024;
    public const int MaxDepth = 64;
    public const long MaxNodes = 200_000;

    private static readonly string[] Tags =
        [.. new[] { "str", "int", "float", "bool", "null", "seq", "map" }.Select(static name => $"tag:yaml.org,2002:{name}")];

    private readonly IParser _parser;
    private readonly List<PolicyProblem> _problems;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);

    private YamlTree(string text, List<PolicyProblem> problems) =>
        (_parser, _problems) = (new Parser(new Scanner(new StringReader(text), skipComments: true)), problems);

    /// <returns><see langword="null"/> when the document is empty or cannot be read; the problems say which.</returns>
    public static YamlNode? Read(string text, List<PolicyProblem> problems)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) is var bytes and > MaxBytes)
        {
            problems.Add(new PolicyProblem(1, 1, "", $"the document has {bytes} bytes; at most {MaxBytes} are read"));
            return null;
        }

        var tree = new YamlTree(text, problems);
        try
        {
            return tree.Document();
        }
        catch (YamlStructureException exception)
        {
            problems.Add(exception.Problem);
        }
        catch (YamlException exception)
        {
            problems.Add(Syntax(text, exception));
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException
                or OverflowException)
        {
            // Some texts, such as a '#' or '<<' in an open list, make the parser itself fail rather than say what is wrong with them.
            problems.Add(new PolicyProblem((int)(tree._parser.Current?.End.Line ?? 1), (int)(tree._parser.Current?.End.Column ?? 1), "",
                "not valid YAML behind this place"));
        }

        return null;
    }

    // The parser reports the mapping that contains a tab; people look for the tab.
    private static PolicyProblem Syntax(string text, YamlException exception)
    {
        var line = (int)exception.Start.Line;
        var isTab = exception.Message.Contains("tab", StringComparison.Ordinal);
        foreach (var found in text.Split('\n', StringSplitOptions.None).Skip(line - 1)
            .Take(isTab ? int.MaxValue : Math.Max(2, (int)exception.End.Line - line + 1)))
        {
            var tab = found.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && found.AsSpan(0, tab).Trim(' ').IsEmpty)
                return new PolicyProblem(line, tab + 1, "", "a tab cannot be used for indentation; use spaces");
            line++;
        }

        return new PolicyProblem((int)exception.Start.Line, (int)exception.Start.Column, "",
            $"not valid YAML: {exception.Message.TrimEnd('.')}");
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return null;
        _parser.Consume<DocumentStart>();
        var root = Node(1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second)) throw Problem(second, "there is a second document; only one is read");
        return root;
    }

    private YamlNode Node(int depth)
    {
        var current = _parser.Current ?? throw new YamlException("The document ends too early");
        if (depth > MaxDepth) throw Problem(current, $"nested deeper than {MaxDepth} levels");
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Aliased(alias);

        var start = (NodeEvent)current;
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && !Tags.Contains(start.Tag.Value))
        {
            throw Problem(start, $"the tag '{start.Tag.Value}' is not supported");
        }

        // Known while it is read, too: an alias inside what it refers to would never end.
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor.Value] = null;
        YamlNode node = start switch
        {
            ScalarEvent scalar => Single(scalar),
            SequenceStart sequence => Sequence(sequence, depth),
            _ => Mapping((MappingStart)start, depth),
        };
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor.Value] = node;
        return Bounded(node, start);
    }

    private YamlNode Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node)) throw Problem(alias, $"there is no anchor '{alias.Value}' above");
        return node is null ? throw Problem(alias, $"the alias '{alias.Value}' is inside of what it refers to") : Bounded(node, alias);
    }

    private YamlScalar Single(ScalarEvent scalar)
    {
        _parser.MoveNext();
        return new YamlScalar((int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, scalar.Style == ScalarStyle.Plain
            && scalar.Tag.IsEmpty);
    }

    private YamlSequence Sequence(SequenceStart start, int depth)
    {
        _parser.MoveNext();
        var items = new List<YamlNode>();
        var size = 1L;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
            size = Sum(size, items[^1], start);
        }

        return new YamlSequence((int)start.Start.Line, (int)start.Start.Column, items) { Size = size };
    }

    private YamlMapping Mapping(MappingStart start, int depth)
    {
        _parser.MoveNext();
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var size = 1L;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyEvent = _parser.Current!;
            if (Node(depth + 1) is not YamlScalar key) throw Problem(keyEvent, "a name must be a text");
            var value = Node(depth + 1);
            size = Sum(size, value, start);
            if (key is { Text: "<<", IsPlain: true })
                _problems.Add(new PolicyProblem(key.Line, key.Column, "", "'<<' is not supported; repeat what it would merge"));
            else if (lines.TryGetValue(key.Text, out var first))
                _problems.Add(new PolicyProblem(key.Line, key.Column, "", $"duplicate key '{key.Text}'; it is already on line {first}"));
            else entries.Add(new KeyValuePair<YamlScalar, YamlNode>(key, value));
            lines.TryAdd(key.Text, key.Line);
        }

        return new YamlMapping((int)start.Start.Line, (int)start.Start.Column, entries) { Size = size };
    }

    private static long Sum(long size, YamlNode part, ParsingEvent at) =>
        size + part.Size > MaxNodes ? throw TooLarge(at) : size + part.Size;

    private static YamlNode Bounded(YamlNode node, ParsingEvent at) => node.Size > MaxNodes ? throw TooLarge(at) : node;

    private static YamlStructureException TooLarge(ParsingEvent at) =>
        Problem(at, $"with aliases written out this has more than {MaxNodes} nodes");

    private static YamlStructureException Problem(ParsingEvent at, string message) =>
        new(new PolicyProblem((int)at.Start.Line, (int)at.Start.Column, "", message));
}
