using System.Reflection;
using System.Runtime.CompilerServices;
using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Weaver;

/// <summary>
/// Every shape, woven, beside its unwoven twin: the same source without the trigger. <c>Program.Run</c> returns a text with everything
/// that can be observed: results, exceptions, order of effects.
/// </summary>
[Collection(nameof(ProcessWide))]
public sealed class ShapeTests
{
    private static readonly Dictionary<string, Shape> All =
        Shapes.All.Concat(RareShapes.All).Concat(LevelShapes.All).Concat(CallShapes.All).ToDictionary();

    public static TheoryData<string, BuildFlavor> Cases
    {
        get
        {
            var cases = new TheoryData<string, BuildFlavor>();
            foreach (var name in All.Keys)
            {
                foreach (var flavor in Enum.GetValues<BuildFlavor>()) cases.Add(name, flavor);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Shape_Woven_BehavesAsItsTwinAndIsCapturedOncePerCall(string name, BuildFlavor flavor)
    {
        var shape = All[name];
        using var woven = new WovenSource(shape.Source, flavor);
        using var twin = new WovenSource(shape.Source, flavor, weave: false);
        Assert.Empty(woven.Result!.Problems);
        PrepareAll(woven.Assembly);

        var expected = await ObserveAsync(twin);
        var off = await ObserveAsync(woven);
        string on;
        IReadOnlyList<MemoryEntry> entries;
        int records;
        using (var sink = new RecordingSink())
        {
            on = await ObserveAsync(woven);
            entries = sink.Entries;
            // A correction replaces a record; it is no second event.
            records = sink.Records.Count(static record => (record.Bytes[2] & (byte)CaptureFlags.Correction) == 0);
        }

        Assert.Equal(expected, off);
        Assert.Equal(expected, on);
        Assert.Equal(shape.Outcomes, entries.Select(static entry => entry.Outcome));
        Assert.Equal(shape.Outcomes.Count, records);
    }

    private static async Task<string> ObserveAsync(WovenSource source)
    {
        try
        {
            var result = source.Run("Run");
            return result is Task<string> task ? await task : (string)result!;
        }
        catch (Exception exception)
        {
            return $"{exception.GetType()}: {exception.Message}";
        }
    }

    /// <summary>The JIT takes every method: invalid IL shows here.</summary>
    private static void PrepareAll(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(static type => !type.ContainsGenericParameters))
        {
            foreach (var method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (method is { IsAbstract: false, ContainsGenericParameters: false }) RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
    }
}
