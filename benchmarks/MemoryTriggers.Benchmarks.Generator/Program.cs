using MemoryTriggers.Benchmarks.Generator;

// What a keystroke costs in a project of 2,000 methods: the generator alone, beside what the compiler itself does for it.
const string Help =
    """
    Usage: dotnet run -c Release --project benchmarks/MemoryTriggers.Benchmarks.Generator [-- <keystrokes>]

      keystrokes   how many edits are measured for each project; 20 to 10,000, 200 unless given
    """;

if (args is ["-h" or "--help"])
{
    Console.WriteLine(Help);
    return 0;
}

if (args is not [] && !(args is [var text] && int.TryParse(text, out var number) && number is >= 20 and <= 10_000))
{
    Console.Error.WriteLine(Help);
    return 2;
}

KeystrokeBenchmark.Run(args is [var keystrokes] ? int.Parse(keystrokes, System.Globalization.CultureInfo.InvariantCulture) : KeystrokeBenchmark.DefaultKeystrokes);
return 0;
