using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.AspNetCore.Tests.Samples;

/// <summary>The samples, as somebody runs them.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Shop_Demo_ShowsWhatWentWrongAndWhatFixedIt()
    {
        var (exitCode, output) = await SampleProcess.RunAsync("Shop", "--demo", "--data", _directory.Path);

        Assert.Equal(0, exitCode);
        var wrong = Section(output, "What went wrong", "What fixed it");
        Assert.Contains("SupplierUnavailableException: supplier north cannot reserve tea", wrong, StringComparison.Ordinal);
        Assert.Contains("Customer 1 ordered 2 tea: order ? - failed: ", wrong, StringComparison.Ordinal);
        Assert.Contains("; POST /orders answered 500", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("Request failed", wrong, StringComparison.Ordinal);
        Assert.Contains("Fixed failing orders: switched to supplier south", Section(output, "What fixed it", "What was slow"), StringComparison.Ordinal);
        Assert.Contains("Slow request: GET /reports/{year:int}", Section(output, "What was slow", "Asked:"), StringComparison.Ordinal);
        Assert.Contains("SupplierUnavailableException", Section(output, "Asked:", " accepted = "), StringComparison.Ordinal);
        Assert.Contains(" 0 dead letters + 0 pending", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task OpenTelemetry_WithACollector_SendsItsMetricsAndOneTrace()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        var start = new ProcessStartInfo("dotnet", [SampleProcess.FileOf("OpenTelemetry", "TelemetrySample")]);
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        // What is not answered within 10 s is thrown away, which a busy machine may take.
        start.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "60000";
        start.Environment["TMPDIR"] = _directory.Path;

        await using var sample = new SampleProcess(start);
        var trace = (await sample.ReadUntilAsync("Trace "))[..32];
        var exitCode = await sample.EndAsync();

        Assert.Equal(0, exitCode);
        var (traces, metrics) = (collector.Received("traces"), collector.Received("metrics"));
        Assert.Contains("telemetry-sample", traces, StringComparison.Ordinal);
        // Its own two spans, and those of the store that it leads to, are one trace.
        var spans = collector.Spans;
        var release = Assert.Single(spans, static span => span.Name == "release");
        Assert.Equal((trace, ""), (release.Trace, release.Parent));
        Assert.Equal([("deploy", trace), ("search sqlite", trace), ("store sqlite", trace)], spans.Where(span => span.Parent == release.Id).Select(static span => (span.Name, span.Trace)).Distinct().Order());
        Assert.All(
            ["memory_triggers.records", "memory_triggers.queue.length", "memory_triggers.backend.operation.duration", "memory_triggers.circuit.state"],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("deployed to shop", traces + metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shop_AsAServer_RemembersRequestsAndTellsOfItsHealth()
    {
        await using var shop = new SampleProcess("Shop", "--urls", "http://127.0.0.1:0", "--data", _directory.Path);
        using var client = new HttpClient { BaseAddress = new Uri(await shop.ReadUntilAsync("Now listening on: ")) };
        using var login = await client.PostAsJsonAsync("/account/login", new { Email = "operator@shop.example", Password = "Sample-Operator-1" }, Token);
        var token = JsonElement.Parse(await login.Content.ReadAsStringAsync(Token)).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var orders = new List<HttpStatusCode>();
        for (var number = 0; number < 4; number++)
        {
            using var response = await client.PostAsJsonAsync("/orders", new { Item = "tea", Quantity = 1 }, Token);
            orders.Add(response.StatusCode);
        }

        var memories = await client.GetStringAsync(new Uri("/memories", UriKind.Relative), Token);
        var health = JsonElement.Parse(await client.GetStringAsync(new Uri("/memory-triggers/health", UriKind.Relative), Token));
        var metrics = JsonElement.Parse(await client.GetStringAsync(new Uri("/memory-triggers/metrics", UriKind.Relative), Token));
        client.Dispose();
        var exitCode = await shop.StopAsync();

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.InternalServerError, HttpStatusCode.Created, HttpStatusCode.InternalServerError], orders);
        Assert.Contains("; POST /orders answered 500", memories, StringComparison.Ordinal);
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.True(metrics.GetProperty("record_accounting").GetProperty("stored").GetInt64() >= 4);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Worker_WithALibraryThatHasTheTriggers_RemembersWhatItDid()
    {
        var (exitCode, output) = await SampleProcess.RunAsync("Worker", "--parcels", "10", "--data", _directory.Path);

        Assert.Equal(0, exitCode);
        Assert.Contains("Remembered: 40 memories", output, StringComparison.Ordinal);
        Assert.Contains("ParcelTooHeavyException: parcel 5 weighs 42 kg", Section(output, "What went wrong:", "What was done about it:"), StringComparison.Ordinal);
        Assert.Contains("Sent a parcel that was too heavy as two: FAR-FR-0005 and FAR-FR-1005", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_StoppedAtWork_LeavesItsMemoriesBehind()
    {
        await using (var worker = new SampleProcess("Worker", "--data", _directory.Path))
        {
            await worker.ReadUntilAsync("parcel 1: ");
            Assert.Equal(0, await worker.StopAsync());
        }

        await using var memory = await MemoryTriggerService.StartAsync(
            options => options.DataDirectory = _directory.Path, loggers: new CollectingLoggers(out _), cancellationToken: Token);
        await memory.FlushAsync(cancellationToken: Token);
        var sent = await memory.Recall.GetByKeyAsync("Parcels.Dispatch.Send", new() { AllProjects = true }, Token);

        Assert.Equal("worker", sent!.Project);
        Assert.NotNull(sent.ParentId);
    }

    [Fact]
    public void Library_ReferencesTheAbstractionsAlone()
    {
        using var metadata = MetadataReaderProvider.FromMetadataImage(ReadMetadata(SampleProcess.FileOf("Library")));
        var library = metadata.GetMetadataReader();

        var ours = library.AssemblyReferences.Select(handle => library.GetString(library.GetAssemblyReference(handle).Name))
            .Where(static name => name.StartsWith("MemoryTriggers", StringComparison.Ordinal));

        Assert.Equal(["MemoryTriggers.Abstractions"], ours);
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(SampleProcess.FileOf("Library"))!, "MemoryTriggers.Runtime.dll")));
    }

    [Fact]
    public async Task Quickstart_OverAFolder_RecallsWhatFailedInIt()
    {
        await File.WriteAllTextAsync(_directory.File("notes.txt"), "hello", Token);

        var (exitCode, output) = await SampleProcess.RunAsync("Quickstart", _directory.Path, "--data", Path.Combine(_directory.Path, "artifacts"));

        Assert.Equal(0, exitCode);
        Assert.Contains("FileNotFoundException", output, StringComparison.Ordinal);
        Assert.Contains("why did reading the release notes fail?", output, StringComparison.Ordinal);
    }

    private static string Section(string output, string from, string to)
    {
        var start = output.IndexOf(from, StringComparison.Ordinal);
        var end = output.IndexOf(to, Math.Max(start, 0), StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"'{from}' and then '{to}' are not in:\n{output}");
        return output[start..end];
    }

    private static ImmutableArray<byte> ReadMetadata(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        return image.GetMetadata().GetContent();
    }
}
