using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery.Echoes;

/// <summary>No stored memory points at a record that became none, whatever comes first.</summary>
public sealed class ParentLinksTests
{
    private readonly ParentLinks _links = new();
    private readonly Guid _parent = Any.Id();
    private readonly Guid _grandparent = Any.Id();

    [Fact]
    public void Memory_OfAReplacedParent_PointsAtTheReplacement()
    {
        _links.Replace(_parent, _grandparent);

        Assert.Equal(_grandparent, _links.Resolve(Child()).ParentId);
        _links.Replace(_grandparent, null);
        Assert.Null(_links.Resolve(Child()).ParentId);
    }

    [Fact]
    public void Parent_ReplacedAfterItsChildIsStored_LeavesItToBeMoved()
    {
        var child = Child();
        _links.Stored([child]);

        _links.Replace(_parent, _grandparent);

        Assert.Equal([child.Id], Misplaced());
        Assert.Empty(Misplaced());
    }

    [Fact]
    public void Parent_ReplacedWhileItsChildIsBeingStored_LeavesItToBeMoved()
    {
        var child = _links.Resolve(Child());
        _links.Replace(_parent, null);
        _links.Stored([child]);

        Assert.Equal([child.Id], Misplaced());
    }

    [Fact]
    public void Parent_ThatBecomesAMemoryAfterAll_IsPointedAt()
    {
        _links.Replace(_parent, null);
        _links.Stored([Any.Entry() with { Id = _parent }]);

        Assert.Equal(_parent, _links.Resolve(Child()).ParentId);
    }

    [Fact]
    public void Memory_ThatItsParentWasFoldedInto_DoesNotPointAtItself()
    {
        var child = Child();
        _links.Replace(_parent, child.Id);

        Assert.Null(_links.Resolve(child).ParentId);
    }

    [Fact]
    public void Parents_ThatReplaceEachOther_EndTheSearch()
    {
        _links.Replace(_parent, _grandparent);
        _links.Replace(_grandparent, _parent);

        Assert.NotNull(_links.Resolve(Child()));
    }

    [Fact]
    public void Children_TenThousandOfThem_AreKnownAndNoMore()
    {
        var children = Enumerable.Range(0, 10_500).Select(_ => Child()).ToList();
        _links.Stored(children);

        _links.Replace(_parent, null);

        Assert.Equal(children.Skip(500).Select(static child => child.Id).Order(), Misplaced().Order());
    }

    [Fact]
    public void Parents_TenThousandOfThem_AreKnownAndNoMore()
    {
        var parents = Enumerable.Range(0, 10_001).Select(static _ => Any.Id()).ToList();

        foreach (var parent in parents) _links.Replace(parent, null);

        Assert.Equal([parents[0]], parents.Where(parent => !_links.IsReplaced(parent)));
    }

    private MemoryEntry Child() => Any.Entry() with { Id = Any.Id(), ParentId = _parent };

    private List<Guid> Misplaced()
    {
        var misplaced = new List<Guid>();
        while (_links.TryTakeMisplaced(out var memory)) misplaced.Add(memory);
        return misplaced;
    }
}
