using System.Diagnostics;
using MemoryTriggers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TelemetrySample;

// Where to send it is said as everywhere: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL; a collector on this machine when nothing is.
var service = ResourceBuilder.CreateDefault().AddService("telemetry-sample");
using var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(service).AddSource("MemoryTriggers", Deployment.Source.Name).AddOtlpExporter().Build();
using var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(service).AddMeter("MemoryTriggers").AddOtlpExporter().Build();

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddMemoryTriggers(options =>
{
    options.Project = "telemetry-sample";
    options.DataDirectory = Path.Combine(Path.GetTempPath(), "telemetry-sample");
});
using var host = builder.Build();
await host.StartAsync();

var memory = host.Services.GetRequiredService<MemoryTriggerService>();
using (var request = Deployment.Source.StartActivity("release"))
{
    await Deployment.RunAsync("shop");
    await memory.FlushAsync();
    var hits = await memory.Recall.SearchAsync("what was deployed to the shop?");
    Console.WriteLine($"Trace {Activity.Current?.TraceId}: deployed, and recalled {hits.Count} memories of it.");
}

Console.WriteLine((await memory.GetMetricsAsync()).ToJson());
await host.StopAsync();

// Disposing gives a slow collector 5 seconds, and ForceFlush returns when what is to be sent was taken, not when it was sent. This waits for it.
traces.Shutdown();
metrics.Shutdown();
