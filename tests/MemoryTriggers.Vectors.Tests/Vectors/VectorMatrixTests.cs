using System.Numerics.Tensors;
using MemoryTriggers.TestKit;
using MemoryTriggers.Vectors;

namespace MemoryTriggers.Tests.Vectors;

public sealed class VectorMatrixTests
{
    private const int Dimensions = 24;
    private static readonly MemoryQuery All = new() { AllProjects = true };
    private readonly Random _random = new(4711);

    [Fact]
    public void Nearest_ManyVectors_AreTheNearestOfAll()
    {
        using var matrix = new VectorMatrix();
        var vectors = Enumerable.Range(0, 3_000).Select(_ => Vector()).ToList();
        matrix.Put(vectors);
        var question = Unit();

        var nearest = matrix.Nearest(question, All, minimum: -1, most: 20);

        Assert.Equal(
            vectors.OrderByDescending(vector => TensorPrimitives.Dot<float>(question, vector.Values)).Take(20).Select(vector => vector.Id),
            nearest.Select(near => near.Id));
    }

    [Fact]
    public void Remove_SomeOfMany_LeavesTheOthersAsTheyWere()
    {
        using var matrix = new VectorMatrix();
        var vectors = Enumerable.Range(0, 2_500).Select(_ => Vector()).ToList();
        matrix.Put(vectors);

        matrix.Remove(vectors.Where((_, i) => i % 3 != 0).Select(vector => vector.Id));

        Assert.Equal(834, matrix.Count);
        Assert.All(vectors.Where((_, i) => i % 3 == 0), vector => Assert.Equal(vector.Id, matrix.Nearest(vector.Values, All, 0.99, 1)[0].Id));
        Assert.Null(matrix.HashOf(vectors[1].Id));
        matrix.Remove(vectors.Select(vector => vector.Id));
        Assert.Equal(0, matrix.Count);
        Assert.Empty(matrix.Nearest(vectors[0].Values, All, -1, 10));
    }

    [Fact]
    public void Put_SameMemoryAgain_ReplacesIt()
    {
        using var matrix = new VectorMatrix();
        var vector = Vector();
        var later = vector with { Hash = 2, Project = "bank", Values = Unit() };

        matrix.Put([vector]);
        matrix.Put([later]);

        Assert.Equal(1, matrix.Count);
        Assert.Equal(2, matrix.HashOf(vector.Id));
        Assert.Empty(matrix.Nearest(later.Values, new MemoryQuery { Project = "shop" }, -1, 10));
        Assert.Single(matrix.Nearest(later.Values, new MemoryQuery { Project = "bank" }, 0.99, 10));
    }

    [Fact]
    public void Put_OtherDimensions_IsRefused()
    {
        using var matrix = new VectorMatrix();
        matrix.Put([Vector()]);

        Assert.Throws<ArgumentException>(() => matrix.Put([Vector() with { Values = [1] }]));
        Assert.Empty(matrix.Nearest([1], All, -1, 10));
    }

    private StoredVector Vector() => new(Any.Id(), 1, "shop", Any.Time.UtcTicks, Unit());

    private float[] Unit()
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < vector.Length; i++) vector[i] = _random.NextSingle() - 0.5f;
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
