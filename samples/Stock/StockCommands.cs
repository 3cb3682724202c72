using System.CommandLine;
using MemoryTriggers;

namespace Stock;

/// <summary>The commands of a small shop's stock.</summary>
internal sealed class StockCommands
{
    private static readonly Dictionary<string, int> Shelf = new() { ["tea"] = 5, ["salt"] = 2 };

    private readonly Argument<string> _item = new("item") { Description = "What." };
    private readonly Argument<int> _count = new("count") { Description = "How many." };
    private readonly Option<string> _password = new("--password") { Description = "The password of the stock." };

    public StockCommands(Func<MemoryTriggerService> memory)
    {
        var take = new Command("take", "Takes something from the shelf.") { _item, _count, _password };
        take.SetAction(arguments => Take(arguments.GetRequiredValue(_item), arguments.GetRequiredValue(_count)));
        var history = new Command("history", "Shows what was done, the latest first.");
        history.SetAction((_, token) => HistoryAsync(memory(), token));
        Root = new RootCommand("A small shop's stock.") { take, history, Data };
    }

    public RootCommand Root { get; }

    public Option<string?> Data { get; } = new("--data") { Description = "Where the memories go.", Recursive = true };

    private static int Take(string item, int count)
    {
        if (!Shelf.TryGetValue(item, out var there)) throw new ArgumentException($"there is no {item}", nameof(item));
        if (count > there)
        {
            Console.WriteLine($"there are only {there} of {item}");
            return 3;
        }

        Console.WriteLine($"took {count} of {item}");
        return 0;
    }

    private static async Task HistoryAsync(MemoryTriggerService memory, CancellationToken token)
    {
        foreach (var entry in await memory.Recall.ListAsync(new() { Limit = 20 }, token)) Console.WriteLine($"{entry.CreatedAt:HH:mm:ss} {entry.Content}");
    }
}
