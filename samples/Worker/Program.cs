using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parcels;
using Worker;

// dotnet run --project samples/Worker                    until Ctrl-C
// dotnet run --project samples/Worker -- --parcels 10    so many, then what was remembered of them
// --data <directory>                                     where the memories go
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddMemoryTriggers(options =>
{
    options.Project = "worker";
    if (builder.Configuration["data"] is { } directory) options.DataDirectory = directory;
});
builder.Services.AddSingleton<Dispatch>();
builder.Services.AddSingleton(new WorkerOptions(builder.Configuration.GetValue<int?>("parcels")));
builder.Services.AddHostedService<ParcelWorker>();
await builder.Build().RunAsync();
