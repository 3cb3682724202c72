using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers.Errors;

/// <summary>A dictionary of bounded size: what was not touched for longest falls out. Used under a lock.</summary>
internal sealed class RecentMap<TKey, TValue>(int most) where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = [];

    public IEnumerable<KeyValuePair<TKey, TValue>> Pairs => _order.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value));

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var isThere = _nodes.TryGetValue(key, out var node);
        value = isThere ? node!.Value.Value : default;
        return isThere;
    }

    public TValue Touch(TKey key, Func<TValue> create) => Set(key, TryGet(key, out var known) ? known : create());

    public TValue Set(TKey key, TValue value)
    {
        if (_nodes.Remove(key, out var node)) _order.Remove(node);
        else if (_nodes.Count == most)
        {
            _nodes.Remove(_order.First!.Value.Key);
            _order.RemoveFirst();
        }

        _nodes.Add(key, _order.AddLast((key, value)));
        return value;
    }
}
