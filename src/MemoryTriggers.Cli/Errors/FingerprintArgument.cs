using System.CommandLine;
using System.CommandLine.Parsing;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Errors;

/// <summary>The error that a command is about.</summary>
internal static class FingerprintArgument
{
    public static readonly Argument<ErrorFingerprint> Fingerprint = new("fingerprint")
    {
        Description =
            "The fingerprint of the error: 16 hexadecimal digits, as 'errors list' and the tag error:... of its memories show them.",
        CustomParser = Parse,
    };

    /// <exception cref="CommandException">It was never remembered.</exception>
    public static async Task<RecalledError> GetAsync(CommandSession session, OpenStore store) =>
        await store.Memories.Errors.GetAsync(session.Get(Fingerprint), session.Token)
            ?? throw new CommandException($"There is no memory of the error {session.Get(Fingerprint)}.");

    private static ErrorFingerprint Parse(ArgumentResult result)
    {
        if (result.Tokens is not [var token]) return default;
        if (!ErrorFingerprint.TryParse(token.Value, out var fingerprint))
            result.AddError($"'{token.Value}' is no fingerprint: 16 hexadecimal digits.");
        return fingerprint;
    }
}
