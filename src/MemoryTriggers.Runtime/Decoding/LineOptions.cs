using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The line of a memory, which recall searches, and the size of its value.</summary>
public sealed class LineOptions
{
    /// <summary>The wording. <value><see cref="LineStyle.Auto"/></value></summary>
    [Setting(
        "The wording: `reference`, `plain` (failures read as failures), or `auto`: plain for hooks and triggers on many methods " +
        "([triggers.md](triggers.md#lines)).", NeedsRestart = true)]
    [EnumDataType(typeof(LineStyle))]
    public LineStyle Style { get; set; }

    /// <summary>
    /// Whether e-mail addresses, card numbers, IBANs and telephone numbers are replaced by a mark in lines that the library composes.
    /// Memories that a program composes itself are never changed. <value>true</value>
    /// </summary>
    [Setting("Replaces e-mail addresses, card numbers, IBANs and telephone numbers in lines.", NeedsRestart = true)]
    public bool MaskPersonalData { get; set; } = true;

    /// <summary>
    /// How many bytes of JSON the result of a memory may take when it is an object or a list, 256 to 65,536, and how many all its arguments
    /// of that kind may take; the rest is cut and marked. <value>4,096</value>
    /// </summary>
    [Setting(
        "Bytes that a result, and all arguments, may take when they are objects or lists; the rest is cut and marked.",
        NeedsRestart = true)]
    [Range(256, 65_536)]
    public int MaxObjectBytes { get; set; } = 4_096;
}
