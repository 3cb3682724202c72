using Shop;

// dotnet run --project samples/Shop            opens the shop on http://127.0.0.1:5080; samples/Shop/requests.sh sends it requests
// dotnet run --project samples/Shop -- --demo  opens it, sends it requests, shows what it remembers, and ends
// --data <directory>, --urls <address>              where the memories go, and where the shop is
var isDemo = args.Contains("--demo");
var builder = WebApplication.CreateBuilder([.. args.Where(static argument => argument != "--demo")]);
builder.Configuration["urls"] ??= isDemo ? "http://127.0.0.1:0" : "http://127.0.0.1:5080";
if (isDemo) builder.Logging.SetMinimumLevel(LogLevel.None);

builder.Services.AddMemoryTriggers(options =>
{
    options.Project = "shop";
    if (builder.Configuration["data"] is { } directory) options.DataDirectory = directory;
});
builder.Services.AddProblemDetails();
builder.Services.AddHttpClient<SupplierClient>();
builder.Services.AddSingleton<SupplierChoice>();
builder.Services.AddScoped<OrderDesk>();
builder.Services.AddTransient<MemoryReport>();

var app = builder.Build();
app.UseMemoryTriggers(static options => options.SlowerThan = TimeSpan.FromMilliseconds(200));
app.UseExceptionHandler();
app.MapShop();
app.MapSuppliers();
app.MapMemoryTriggers();

if (!isDemo)
{
    await app.RunAsync();
    return;
}

await app.StartAsync();
await Demo.RunAsync(new Uri(app.Urls.First()));
await app.Services.GetRequiredService<MemoryReport>().WriteAsync(Console.Out);
await app.StopAsync();
