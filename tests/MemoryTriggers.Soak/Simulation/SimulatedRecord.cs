using System.Globalization;
using System.Runtime.InteropServices;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Soak.Simulation;

/// <summary>A capture record that carries a number and a filling that must come back as they were.</summary>
internal static class SimulatedRecord
{
    public const string Operation = "simulated";
    private const int PoisonEvery = 97;

    private static readonly TriggerDescriptor Descriptor =
        TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.KnowledgeCapture, Operation = Operation, Source = "simulation" });

    public static ulong DefinitionId => Descriptor.Id;

    public static byte[] Definition => DefinitionJson.Write(Descriptor.Definition);

    public static byte[] Make(int number, int length, TriggerPriority priority)
    {
        var record = new CaptureRecord();
        record.Start(Descriptor, null, null);
        record.Priority = priority;
        record.Override(CaptureOverride.Content, Content(number, length));
        var bytes = record.ToBytes().ToArray();

        // What differs from run to run: the random part of the ids, and the time.
        ref var head = ref MemoryMarshal.AsRef<CaptureHead>(bytes.AsSpan());
        head.Id = new CaptureId(ulong.MaxValue, (ulong)number);
        (head.TraceHigh, head.TraceLow, head.Span) = (0, 0, 0);
        (head.Created, head.Duration) = (DateTime.UnixEpoch.Ticks + number, 0);
        return bytes;
    }

    /// <summary>The number, or -1 when the content is not what was recorded.</summary>
    public static int Number(string content)
    {
        var end = content.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && int.TryParse(content.AsSpan(0, end), CultureInfo.InvariantCulture, out var number) && content == Content(number, content.Length)
            ? number
            : -1;
    }

    /// <summary>Whether the store refuses it for good.</summary>
    public static bool IsPoison(string content) => Number(content) % PoisonEvery == PoisonEvery - 1;

    private static string Content(int number, int length) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} ").PadRight(length, (char)('a' + (number % 26)));
}
