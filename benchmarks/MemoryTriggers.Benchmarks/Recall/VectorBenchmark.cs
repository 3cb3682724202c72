using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using MemoryTriggers.Vectors;

namespace MemoryTriggers.Benchmarks.Recall;

/// <summary>How long it takes to compare a question with every vector.</summary>
internal static class VectorBenchmark
{
    private const int Seed = 4711;
    private const int Dimensions = 384;
    private const int Searches = 100;
    private const int Depth = 50;

    public static void Run(int largest)
    {
        Console.WriteLine();
        Console.WriteLine($"| vectors of {Dimensions} | nearest {Depth}, median | 99th percentile |");
        Console.WriteLine("|---:|---:|---:|");
        foreach (var size in (int[])[10_000, 100_000])
            if (size <= largest) Measure(size);
    }

    private static void Measure(int size)
    {
        var random = new Random(Seed);
        using var matrix = new VectorMatrix();
        matrix.Put(Enumerable.Range(0, size).Select(number => new StoredVector(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0, "shop", number, Vector(random))));

        var times = new List<double>();
        for (var i = 0; i < Searches; i++)
        {
            var question = Vector(random);
            var started = Stopwatch.GetTimestamp();
            matrix.Nearest(question, new MemoryQuery { Project = "shop" }, minimum: 0.1, Depth);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size:N0} | {Medians.Of(times, 0.5):F2} ms | {Medians.Of(times, 0.99):F2} ms |"));
    }

    private static float[] Vector(Random random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < vector.Length; i++) vector[i] = random.NextSingle() - 0.5f;
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
