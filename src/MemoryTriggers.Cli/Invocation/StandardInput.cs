namespace MemoryTriggers.Cli.Invocation;

/// <summary>Reads typed or piped input. Reading a terminal cannot be canceled, so the read is abandoned on Ctrl-C.</summary>
internal static class StandardInput
{
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public static string? ReadLine(CancellationToken token) => Read(Console.ReadLine, token);

    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public static string ReadToEnd(CancellationToken token) => Read(Console.In.ReadToEnd, token);

    /// <summary>Standard input as bytes.</summary>
    public static Stream Open() => new InterruptibleStream(Console.OpenStandardInput());

    private static T Read<T>(Func<T> read, CancellationToken token)
    {
        var reading = Task.Run(read, token);
        reading.Wait(token);
        return reading.Result;
    }
}
