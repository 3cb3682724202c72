using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Web;

namespace MemoryTriggers.TestKit.Mem0.Interface;

/// <summary>What is known of the interface of a server (README.md beside it): every request and every answer must fit it. Thread-safe.</summary>
internal sealed class PublishedInterface
{
    // All items of a page have the same ones.
    private const int MaxProblems = 5;

    private readonly JsonObject _paths;

    private PublishedInterface(string description)
    {
        using var stream = typeof(PublishedInterface).Assembly.GetManifestResourceStream(description)!;
        _paths = JsonNode.Parse(stream)!["paths"]!.AsObject();
    }

    public static PublishedInterface Hosted { get; } = new("hosted.json");

    public static PublishedInterface SelfHosted { get; } = new("self-hosted.json");

    /// <exception cref="InvalidOperationException">The request does not fit.</exception>
    public void CheckRequest(HttpMethod method, Uri uri, JsonNode? body)
    {
        var (path, operation) = Operation(method, uri);
        var problems = Parameters(operation, "path", PathValues(path, uri.AbsolutePath))
            .Concat(Parameters(operation, "query", HttpUtility.ParseQueryString(uri.Query)))
            .Concat(Body(operation["requestBody"], body));
        Demand(method, path, "request", problems);
    }

    /// <exception cref="InvalidOperationException">The answer does not fit, or is one that the description does not have.</exception>
    public void CheckAnswer(HttpMethod method, Uri uri, int status, JsonNode? body)
    {
        var (path, operation) = Operation(method, uri);
        var answer = operation["responses"]![status.ToString(CultureInfo.InvariantCulture)];
        Demand(method, path, "answer", answer is null ? [$"there is no answer {status}"] : answer["content"] is null ? [] : Body(answer, body));
    }

    private (string Path, JsonObject Operation) Operation(HttpMethod method, Uri uri)
    {
        // What is written out goes before what has a place for a value.
        var path = _paths.Select(static path => path.Key).Where(path => PathValues(path, uri.AbsolutePath) is not null).MinBy(static path => path.Count(static c => c == '{'));
        return path is not null && _paths[path]![method.Method.ToLowerInvariant()] is JsonObject operation
            ? (path, operation)
            : throw new InvalidOperationException($"The interface has no {method} {uri.AbsolutePath}.");
    }

    private static IEnumerable<string> Parameters(JsonObject operation, string where, NameValueCollection? values)
    {
        var known = operation["parameters"]?.AsArray().Where(parameter => parameter!["in"]!.GetValue<string>() == where).Select(static parameter => parameter!.AsObject()).ToList() ?? [];
        foreach (var name in values?.AllKeys ?? [])
        {
            if (known.Find(parameter => parameter["name"]!.GetValue<string>() == name) is not { } parameter) yield return $"{name} is no parameter of the {where}";
            else foreach (var problem in JsonSchemaCheck.Problems(parameter["schema"]!.AsObject(), Value(parameter["schema"]!, values![name]!), name!)) yield return problem;
        }
    }

    // In an address everything is text.
    private static JsonNode? Value(JsonNode schema, string text) => schema["type"]!.GetValue<string>() == "string" ? JsonValue.Create(text) : JsonNode.Parse(text);

    private static IEnumerable<string> Body(JsonNode? described, JsonNode? body)
    {
        if (described is null) return body is null ? [] : ["there must be no body"];
        return body is null && described["required"] is null ? [] : JsonSchemaCheck.Problems(described["content"]!["application/json"]!["schema"]!.AsObject(), body);
    }

    /// <returns>The values in the places of the path; <see langword="null"/> when it is another path.</returns>
    private static NameValueCollection? PathValues(string path, string actual)
    {
        var (wanted, found) = (path.Split('/'), actual.Split('/'));
        if (wanted.Length != found.Length) return null;
        var values = new NameValueCollection();
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] is ['{', .. var name, '}']) values.Add(name, Uri.UnescapeDataString(found[i]));
            else if (wanted[i] != found[i]) return null;
        }

        return values;
    }

    private static void Demand(HttpMethod method, string path, string what, IEnumerable<string> problems)
    {
        var all = string.Join("; ", problems.Take(MaxProblems));
        if (all.Length > 0) throw new InvalidOperationException($"The {what} of {method} {path} does not fit the interface: {all}");
    }
}
