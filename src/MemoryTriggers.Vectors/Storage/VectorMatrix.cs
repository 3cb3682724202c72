using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MemoryTriggers.Vectors;

/// <summary>
/// All vectors, in memory, in blocks. A search compares with every one of them that passes the filter: exact, and fast enough up to some
/// hundred thousand. Thread-safe: several searches at once, and one change.
/// </summary>
internal sealed class VectorMatrix : IDisposable
{
    private const int BlockRows = 1_024;
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly List<float[]> _blocks = [];
    private readonly List<Row> _rows = [];
    private readonly Dictionary<Guid, int> _places = [];
    private readonly Dictionary<string, int> _projects = new(StringComparer.Ordinal);
    private int _dimensions;

    public int Count
    {
        get
        {
            _lock.EnterReadLock();
            try
            {
                return _rows.Count;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    /// <summary>The hash of what a memory's vector was made of, or <see langword="null"/> when it has none.</summary>
    public long? HashOf(Guid id)
    {
        _lock.EnterReadLock();
        try
        {
            return _places.TryGetValue(id, out var place) ? _rows[place].Hash : null;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Adds vectors; those that the same memories had are replaced.</summary>
    /// <exception cref="ArgumentException">One has another number of dimensions than the others.</exception>
    public void Put(IEnumerable<StoredVector> vectors) => Change(() =>
    {
        foreach (var vector in vectors)
        {
            if (_rows.Count == 0) _dimensions = vector.Values.Length;
            if (vector.Values.Length != _dimensions)
                throw new ArgumentException($"A vector has {vector.Values.Length} dimensions, and the others {_dimensions}.",
                    nameof(vectors));
            if (!_places.TryGetValue(vector.Id, out var place))
            {
                _places[vector.Id] = place = _rows.Count;
                _rows.Add(default);
                if (place % BlockRows == 0) _blocks.Add(new float[BlockRows * _dimensions]);
            }

            ref var project = ref CollectionsMarshal.GetValueRefOrAddDefault(_projects, vector.Project, out var isKnown);
            if (!isKnown) project = _projects.Count;
            _rows[place] = new Row(vector.Id, vector.Hash, project, vector.CreatedAt);
            vector.Values.CopyTo(Values(place));
        }
    });

    public void Remove(IEnumerable<Guid> ids) => Change(() =>
    {
        foreach (var id in ids)
        {
            if (!_places.Remove(id, out var place)) continue;

            // The last one moves into the gap.
            var last = _rows.Count - 1;
            if (place != last)
            {
                _rows[place] = _rows[last];
                Values(last).CopyTo(Values(place));
                _places[_rows[place].Id] = place;
            }

            _rows.RemoveAt(last);
            if (last % BlockRows == 0) _blocks.RemoveAt(_blocks.Count - 1);
        }
    });

    public IReadOnlyList<Guid> Ids()
    {
        _lock.EnterReadLock();
        try
        {
            return [.. _places.Keys];
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The nearest to a vector, the nearest first; of equally near ones the newest.</summary>
    /// <param name="question">Of length 1.</param>
    /// <param name="query">The filter: project and time are applied here, everything else is up to the caller.</param>
    /// <param name="minimum">Nothing that is less near.</param>
    /// <param name="most">At most so many.</param>
    public List<NearVector> Nearest(ReadOnlySpan<float> question, MemoryQuery query, double minimum, int most)
    {
        _lock.EnterReadLock();
        try
        {
            if (question.Length != _dimensions) return [];
            var project = -1;
            if (!query.AllProjects && query.Project is { } name && !_projects.TryGetValue(name, out project)) return [];

            var (since, until) = (query.Since?.UtcTicks ?? 0, query.Until?.UtcTicks ?? long.MaxValue);
            var rows = CollectionsMarshal.AsSpan(_rows);
            var nearest = new PriorityQueue<int, (float, long)>();
            for (var i = 0; i < rows.Length; i++)
            {
                ref readonly var row = ref rows[i];
                if ((project >= 0 && row.Project != project) || row.CreatedAt < since || row.CreatedAt >= until) continue;
                var similarity = TensorPrimitives.Dot(question, Values(i));
                if (!(similarity >= minimum)) continue;
                if (nearest.Count < most) nearest.Enqueue(i, (similarity, row.CreatedAt));
                else nearest.EnqueueDequeue(i, (similarity, row.CreatedAt));
            }

            var found = new List<NearVector>(nearest.Count);
            while (nearest.TryDequeue(out var place, out var rank)) found.Add(new NearVector(_rows[place].Id, rank.Item1));
            found.Reverse();
            return found;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Dispose() => _lock.Dispose();

    private Span<float> Values(int place) => _blocks[place / BlockRows].AsSpan(place % BlockRows * _dimensions, _dimensions);

    private void Change(Action change)
    {
        _lock.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private readonly record struct Row(Guid Id, long Hash, int Project, long CreatedAt);
}
