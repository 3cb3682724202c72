using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>A wrapper, and the real types behind its placeholders.</summary>
internal sealed class PlannedWrapper(Wrapper wrapper, IReadOnlyList<TypeReference> hiddenTypes)
{
    public Wrapper Wrapper { get; } = wrapper;

    public IReadOnlyList<TypeReference> HiddenTypes { get; } = hiddenTypes;
}
