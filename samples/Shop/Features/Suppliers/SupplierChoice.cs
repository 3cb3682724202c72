using MemoryTriggers;

namespace Shop.Features.Suppliers;

/// <summary>Which supplier the shop orders from.</summary>
internal sealed class SupplierChoice
{
    public string Current { get; private set; } = "north";

    /// <summary>What an operator does when the supplier fails: the memory of a fix.</summary>
    [ErrorMemoryTrigger(nameof(SupplierUnavailableException), CaptureArguments = true,
        Content = "Fixed failing orders: switched to supplier {supplier}")]
    public void SwitchTo(string supplier) => Current = supplier;
}
