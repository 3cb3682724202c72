using System.Reflection;

namespace MemoryTriggers.Backends;

public sealed class DelegatingMemoryBackendTests
{
    private readonly Recorder _inner;
    private readonly DelegatingMemoryBackend _outer;

    public DelegatingMemoryBackendTests()
    {
        var inner = DispatchProxy.Create<IMemoryBackend, Recorder>();
        (_inner, _outer) = ((Recorder)(object)inner, new Plain(inner));
    }

    [Fact]
    public void Members_All_ForwardToTheInnerStore()
    {
        var members = typeof(IMemoryBackend).GetMethods().Concat(typeof(IAsyncDisposable).GetMethods()).ToList();

        foreach (var member in members)
            member.Invoke(_outer, [.. member.GetParameters().Select(static parameter => Default(parameter.ParameterType))]);

        Assert.Equal(members.Select(static member => member.Name), _inner.Calls);
    }

    [Fact]
    public void Members_All_CanBeOverridden() => Assert.All(
        typeof(DelegatingMemoryBackend).GetInterfaceMap(typeof(IMemoryBackend)).TargetMethods,
        static method => Assert.True(method is { IsVirtual: true, IsFinal: false }));

    [Fact]
    public void GetService_OfItself_DoesNotAskTheInnerStore()
    {
        Assert.Same(_outer, _outer.GetService<Plain>());
        Assert.Same(_outer, _outer.GetService<IMemoryBackend>());
        Assert.Empty(_inner.Calls);
    }

    [Fact]
    public void GetService_WithAKey_AsksTheInnerStore()
    {
        Assert.Null(_outer.GetService<Plain>("key"));

        Assert.Equal([nameof(IMemoryBackend.GetService)], _inner.Calls);
    }

    [Fact]
    public void Create_WithoutAStore_Refuses() => Assert.Throws<ArgumentNullException>(static () => new Plain(null!));

    private static object? Default(Type type) =>
        type == typeof(Type) ? typeof(string) : type.IsValueType ? Activator.CreateInstance(type) : null;

    private sealed class Plain(IMemoryBackend inner) : DelegatingMemoryBackend(inner);

    /// <summary>Notes which members were called.</summary>
    internal class Recorder : DispatchProxy
    {
        public List<string> Calls { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Calls.Add(targetMethod!.Name);
            return targetMethod.ReturnType.IsValueType ? Activator.CreateInstance(targetMethod.ReturnType) : null;
        }
    }
}
