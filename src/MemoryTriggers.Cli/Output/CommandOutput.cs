using System.Text.Json.Nodes;
using MemoryTriggers.Yaml;
using Spectre.Console;

namespace MemoryTriggers.Cli.Output;

/// <summary>
/// Where a command prints: what it found goes to standard output, in the format that was asked for; remarks for people go to standard
/// error.
/// </summary>
internal sealed class CommandOutput : IDisposable
{
    private const int WidthWithoutTerminal = 120;
    private readonly StreamWriter _out = new(StandardOutput.Open(), new System.Text.UTF8Encoding(false), 16 * 1024) { NewLine = "\n" };
    private readonly bool _noColor;
    private bool _isBroken;

    public CommandOutput(OutputFormat format, bool noColor)
    {
        Format = format;
        _noColor = noColor || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
    }

    public OutputFormat Format { get; }

    /// <summary>For people. Made when it is first needed: programs that read JSON do not wait for it.</summary>
    public IAnsiConsole Screen => field ??= CreateScreen();

    /// <summary>Whether a person sees the output as it comes.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>Prints what was found: as a document for programs, or by what <paramref name="show"/> does for people.</summary>
    public void Write(JsonNode document, Action<IAnsiConsole> show)
    {
        if (Format == OutputFormat.Json) _out.WriteLine(JsonText.Of(document, indented: true));
        else if (Format == OutputFormat.Yaml) _out.Write(YamlWriter.Write(document));
        else show(Screen);
        Flush();
    }

    /// <summary>Prints one of many, as it comes: a line of JSON, a document of YAML, or whatever <paramref name="show"/> does.</summary>
    public void WriteOne(JsonNode document, Action<IAnsiConsole> show)
    {
        if (Format == OutputFormat.Json) _out.WriteLine(JsonText.Of(document, indented: false));
        else if (Format == OutputFormat.Yaml) _out.Write("---\n" + YamlWriter.Write(document));
        else show(Screen);
        Flush();
    }

    /// <summary>Prints a text as it is.</summary>
    public void WriteText(string text)
    {
        _out.Write(text);
        Flush();
    }

    /// <summary>Says something to people, beside what was found.</summary>
    public static void Remark(string text) => Console.Error.WriteLine(SafeText.Of(text));

    /// <summary>Says why a command did not do what it was asked.</summary>
    public int Fail(string message, int exitCode)
    {
        if (Format == OutputFormat.Table) Console.Error.WriteLine(SafeText.OfLines(message));
        else Console.Error.WriteLine(JsonText.Of(new JsonObject { ["error"] = message, ["exit_code"] = exitCode }, indented: false));
        return exitCode;
    }

    public void Dispose()
    {
        try
        {
            if (!_isBroken) _out.Dispose();
        }
        catch (IOException exception) when (BrokenPipe.Is(exception))
        {
            // The reader closed the pipe.
        }
    }

    private void Flush()
    {
        try
        {
            _out.Flush();
        }
        catch (IOException)
        {
            // What is left in the buffer would fail again at the end.
            _isBroken = true;
            throw;
        }
    }

    private IAnsiConsole CreateScreen()
    {
        var plain = _noColor || !IsTerminal;
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_out),
            Ansi = IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = IsTerminal && !Console.IsInputRedirected ? InteractionSupport.Yes : InteractionSupport.No,
        });
        screen.Profile.Width = Width();
        return screen;
    }

    // The terminal knows best; COLUMNS is for those who pipe.
    private static int Width()
    {
        if (IsTerminal && Console.WindowWidth > 0) return Console.WindowWidth;
        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns is >= 20 and <= 10_000
            ? columns
            : WidthWithoutTerminal;
    }
}
