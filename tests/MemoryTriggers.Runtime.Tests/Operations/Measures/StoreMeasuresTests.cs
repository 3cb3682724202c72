using System.Globalization;
using MemoryTriggers.Circuits;

namespace MemoryTriggers.Operations;

public sealed class StoreMeasuresTests
{
    // Health asks while calls go on.
    [Fact]
    public void Operations_WhileNewOnesComeIn_AreReadWhole()
    {
        const int Calls = 20_000;
        var measures = new StoreMeasures(TimeSpan.FromSeconds(5));
        var isDone = false;
        var largest = 0;

        Parallel.Invoke(
            () =>
            {
                for (var call = 0; call < Calls; call++) measures.Add(call.ToString("d5", CultureInfo.InvariantCulture), CallLength.Limited, TimeSpan.Zero, isFailure: false);
                Volatile.Write(ref isDone, true);
            },
            () =>
            {
                while (!Volatile.Read(ref isDone)) largest = Math.Max(largest, measures.Operations.Count);
            });

        Assert.InRange(largest, 0, Calls);
        Assert.Equal(Calls, measures.Operations.Count);
    }
}
