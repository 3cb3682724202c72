using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>A section <c>retention.categories.&lt;name&gt;</c>. Immutable; counts at the start.</summary>
internal sealed record CategorySettings
{
    /// <summary>How long its memories are kept, 0 to 36,500 days; 0: for ever. <value>0</value></summary>
    [Setting("Days that its memories are kept; 0: for ever.", NeedsRestart = true, IsRequired = true)]
    [Range(0, 36_500)]
    public int Days { get; init; }
}
