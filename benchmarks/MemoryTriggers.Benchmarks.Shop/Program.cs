using System.Globalization;
using MemoryTriggers.Benchmarks.Shop;

// dotnet run -c Release --project benchmarks/MemoryTriggers.Benchmarks.Shop [rounds]
var rounds = args is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : Comparison.DefaultRounds;
await Comparison.RunAsync(rounds);
