using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.DeadLetters;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary>The dead letters of a data folder. Programs may add some, or take some, at the same time.</summary>
internal sealed class LetterBox(CommandSession session)
{
    public static readonly Argument<string> Id = new("id") { Description = "The id of the dead letter." };

    public static readonly Argument<string?> OptionalId = new("id")
    {
        Description = "The id of a dead letter; all of them without it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public DeadLetterStore Store { get; } = session.Folder.Letters(session.Time);

    /// <exception cref="CommandException">There is none of that id.</exception>
    public DeadLetter Get(string id) => Store.Get(id) ?? throw new CommandException($"There is no dead letter {id} that can be read.");

    /// <summary>The letters of the project that was named, or all of them, oldest first, each with the memory that it would be.</summary>
    public IEnumerable<(DeadLetter Letter, MemoryEntry? Memory)> List() =>
        Store.List().Select(letter => (Letter: letter, Memory: Compose(letter))).Where(pair => IsMeant(pair.Letter, pair.Memory));

    /// <summary>The memory that it would be; <see langword="null"/> when nothing can be made of it.</summary>
    public MemoryEntry? Compose(DeadLetter letter)
    {
        try
        {
            return new MemoryComposer(letter.Project ?? session.Project)
                .Compose(CaptureDecoder.Decode(letter.Record), letter.Definition is { } json ? DefinitionJson.Read(json) : null);
        }
        catch (CaptureFormatException)
        {
            return null;
        }
    }

    /// <summary>Stores again what can be stored now.</summary>
    public Task<(int Stored, int Refused)> ReplayAsync(OpenStore store, string? id, IProgress<int> progress)
    {
        var delivery = new RecordDelivery(store.Backend, new MemoryComposer(session.Project), Store, new DeliveryOptions(), session.Time,
            NullLogger<RecordDelivery>.Instance);
        return new DeadLetterReplayer(Store, delivery)
            .ReplayAsync(letter => id is null ? IsMeant(letter, Compose(letter)) : letter.Id == id, progress, session.Token);
    }

    // One that cannot be read, and whose owner is unknown, belongs to no other store.
    private bool IsMeant(DeadLetter letter, MemoryEntry? memory) =>
        session.Project is not { } project || (memory?.Project ?? letter.Project ?? project) == project;
}
