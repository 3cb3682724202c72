namespace MemoryTriggers;

/// <summary>The wording of the line of a memory that has no text of its own.</summary>
public enum LineStyle
{
    /// <summary>
    /// Scopes and triggers on one method as <see cref="Reference"/>, but with sizes and types instead of whole results; hooks and
    /// triggers on many methods as <see cref="Plain"/>.
    /// </summary>
    Auto,

    /// <summary>
    /// As in the reference: <c>Workflow 'Place' completed failed (type: order)</c>, <c>Error resolution: ...</c>, results as JSON.
    /// </summary>
    Reference,

    /// <summary>A failure reads as one: <c>Workflow 'Orders.Cashier.Place' (type: order) failed: ...</c>.</summary>
    Plain,
}
