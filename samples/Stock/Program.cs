using MemoryTriggers;
using Stock;

// dotnet run --project samples/Stock -- take tea 3
// dotnet run --project samples/Stock -- history      what was done, and what went wrong
// --data <directory>                                  where the memories go
MemoryTriggerService? memory = null;
var commands = new StockCommands(() => memory!);
memory = await MemoryTriggerService.StartAsync(options =>
{
    options.Project = "stock";
    options.DataDirectory = commands.Root.Parse(args).GetValue(commands.Data) ?? options.DataDirectory;
});
await using (memory)
{
    return await commands.Root.UseMemoryTriggers(options => options.Service = memory).Parse(args).InvokeAsync();
}
