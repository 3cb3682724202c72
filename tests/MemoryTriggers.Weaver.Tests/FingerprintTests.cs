namespace MemoryTriggers.Weaver;

/// <summary>Exceptions that were really thrown, by sources that were really compiled: the same fault has one fingerprint, another has another.</summary>
[Collection(nameof(ProcessWide))]
public sealed class FingerprintTests(FingerprintTests.Sources sources) : IClassFixture<FingerprintTests.Sources>
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Runtime.CompilerServices; using System.Threading; using System.Threading.Tasks; using MemoryTriggers;\n";

    private const string Source = """
        public class Order { public int Id = 7; }

        public static class Shop
        {
            [WorkflowMemoryTrigger, MethodImpl(MethodImplOptions.NoInlining)]
            public static int Plain(Order order)
            {
                if (order.Id > 0) throw new InvalidOperationException("Order " + order.Id + " was sent at 2026-01-02T03:04:05Z from 10.0.0.7:5432");
                return 1;
            }

            [WorkflowMemoryTrigger]
            public static async Task<int> Async(Order order)
            {
                await Task.Yield();
                throw new TimeoutException($"No answer after {order.Id} ms");
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static int Lambda() => new[] { 1, 2 }.Select(number => number > 1 ? throw new ArgumentException("two") : number).Sum();

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static int Local()
            {
                return Inner<string>(3);

                [MethodImpl(MethodImplOptions.NoInlining)]
                int Inner<T>(int number) => throw new NotSupportedException($"{number}");
            }

            public static IEnumerable<int> Sequence()
            {
                yield return 1;
                throw new FormatException("the second");
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static T Generic<T>(List<T> items) => throw new KeyNotFoundException("nothing here");

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static void Framework() => File.ReadAllText("/nowhere/" + Guid.NewGuid() + "/x.txt");

            public static async Task<int> AsyncLambda()
            {
                Func<int, Task<int>> pay = async amount => { await Task.Yield(); throw new InvalidCastException($"{amount} is no amount"); };
                return await pay(3).ConfigureAwait(false);
            }

            public static async IAsyncEnumerable<int> Stream()
            {
                yield return 1;
                await Task.Yield();
                throw new OverflowException("the third");
            }

            public static async ValueTask Deep<T>(T order)
            {
                await Task.Yield();
                await Deeper(new List<T> { order });
            }

            private static async ValueTask<int> Deeper<T>(List<T> orders)
            {
                await Task.Yield();
                throw new RankException($"{orders.Count} is too deep");
            }

            public static async Task Wrapped() => await Task.WhenAll(Task.Run(() => Plain(new Order())));
        }

        public static class Program
        {
            public static void Plain() => Shop.Plain(new Order());
            public static void Async() => Shop.Async(new Order()).GetAwaiter().GetResult();
            public static void Lambda() => Shop.Lambda();
            public static void Local() => Shop.Local();
            public static void Sequence() => Shop.Sequence().ToList();
            public static void GenericInt() => Shop.Generic(new List<int>());
            public static void GenericText() => Shop.Generic(new List<string>());
            public static void Framework() => Shop.Framework();
            public static void AsyncLambda() => Shop.AsyncLambda().GetAwaiter().GetResult();
            public static void Stream() => ReadAsync().GetAwaiter().GetResult();
            public static void DeepInt() => Shop.Deep(7).AsTask().GetAwaiter().GetResult();
            public static void DeepText() => Shop.Deep("7").AsTask().GetAwaiter().GetResult();
            private static async Task ReadAsync() { await foreach (var number in Shop.Stream()) { } }
            public static void Wrapped() => Shop.Wrapped().GetAwaiter().GetResult();
            public static void Aggregate() => Task.Run(() => Shop.Plain(new Order())).Wait();
            public static void Invoked() => typeof(Shop).GetMethod("Plain").Invoke(null, new object[] { new Order() });
        }
        """;

    // As a colleague leaves it: lines moved, names changed, another lambda before, other numbers.
    private static readonly string Edited = "// a licence\n// of many\n// lines\n" + Source
        .Replace("public int Id = 7;", "public int Id = 4711;\n\n\n", StringComparison.Ordinal)
        .Replace("Order order)", "Order toPlace)", StringComparison.Ordinal)
        .Replace("order.Id", "toPlace.Id", StringComparison.Ordinal)
        .Replace("2026-01-02T03:04:05Z", "2027-11-30T23:59:59.123Z", StringComparison.Ordinal)
        .Replace("10.0.0.7:5432", "192.168.1.20:5433", StringComparison.Ordinal)
        .Replace("new[] { 1, 2 }.Select", "new[] { 1, 2 }.Where(other => other > -5).Select(other => { return other; }).Select", StringComparison.Ordinal)
        .Replace("amount", "sum", StringComparison.Ordinal).Replace("is no sum", "is no amount", StringComparison.Ordinal)
        .Replace("pay(3)", "pay(4)", StringComparison.Ordinal).Replace("Func<int, Task<int>> pay", "Func<Task> before = async () => await Task.Yield(); await before();\n        Func<int, Task<int>> pay", StringComparison.Ordinal)
        .Replace("Inner<string>(3)", "Inner<Dictionary<int, List<string>>>(5)", StringComparison.Ordinal)
        .Replace("public static class Shop\n{", "public static class Shop\n{\n    public static Func<int, int> Early = x => x + 1;\n    public static int EarlyLocal() { return More(); int More() => 3; }\n", StringComparison.Ordinal);

    public static TheoryData<string> Faults => ["Plain", "Async", "Lambda", "Local", "Sequence", "GenericInt", "Framework", "AsyncLambda", "Stream", "DeepInt", "Wrapped", "Aggregate", "Invoked"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Of_SameFaultEditedBuiltOtherwiseAndOnAnotherThread_IsTheSame(string fault)
    {
        var expected = Fingerprint(sources.Debug, fault);

        Assert.Equal(expected, Fingerprint(sources.Debug, fault));
        Assert.Equal(expected, Fingerprint(sources.Woven, fault));
        Assert.Equal(expected, Fingerprint(sources.Changed, fault));
        Assert.Equal(expected, await Task.Factory.StartNew(() => Fingerprint(sources.Debug, fault), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    [Fact]
    public void Of_OtherTypeArguments_IsTheSame() => Assert.Equal(Fingerprint(sources.Debug, "GenericInt"), Fingerprint(sources.Debug, "GenericText"));

    [Fact]
    public void Of_OtherTypeArgumentsInAsyncFrames_IsTheSame() => Assert.Equal(Fingerprint(sources.Debug, "DeepInt"), Fingerprint(sources.Debug, "DeepText"));

    [Fact]
    public void Of_CarriedByAnother_IsThatOfTheCarried()
    {
        var plain = Fingerprint(sources.Debug, "Plain");

        Assert.All(new[] { "Wrapped", "Aggregate", "Invoked" }, fault => Assert.Equal(plain, Fingerprint(sources.Debug, fault)));
    }

    [Fact]
    public void Of_DifferentFaults_AllDiffer()
    {
        var variants = new[]
        {
            Source,
            Source.Replace("was sent", "was lost", StringComparison.Ordinal),
            Source.Replace("new InvalidOperationException(\"Order", "new NotImplementedException(\"Order", StringComparison.Ordinal),
            Source.Replace("int Plain(", "int Placed(", StringComparison.Ordinal).Replace("Shop.Plain(", "Shop.Placed(", StringComparison.Ordinal).Replace(" Plain(new", " Placed(new", StringComparison.Ordinal),
            Source.Replace("class Shop", "class Bank", StringComparison.Ordinal).Replace("Shop.", "Bank.", StringComparison.Ordinal).Replace("typeof(Shop)", "typeof(Bank)", StringComparison.Ordinal),
            Source.Replace("from 10.0.0.7:5432\")", "from 10.0.0.7:5432\", new TimeoutException())", StringComparison.Ordinal),
        };
        var found = new List<ErrorFingerprint>();
        foreach (var variant in variants)
        {
            using var source = new WovenSource(Usings + variant, weave: false);
            found.Add(Fingerprint(source, "Plain"));
        }

        found.AddRange(new[] { "Async", "Lambda", "Local", "Sequence", "GenericInt", "Framework", "AsyncLambda", "Stream", "DeepInt" }.Select(fault => Fingerprint(sources.Debug, fault)));
        Assert.Equal(found.Count, found.Distinct().Count());
    }

    private static ErrorFingerprint Fingerprint(WovenSource source, string fault)
    {
        try
        {
            source.Run(fault);
        }
        catch (Exception exception)
        {
            return ErrorFingerprint.Of(exception);
        }

        throw new InvalidOperationException($"{fault} did not fail.");
    }

    /// <summary>The source as it is, woven, and changed and built for release: compiled once for all tests.</summary>
    public sealed class Sources : IDisposable
    {
        internal WovenSource Debug { get; } = new(Usings + Source, weave: false);

        internal WovenSource Woven { get; } = new(Usings + Source);

        internal WovenSource Changed { get; } = new(Usings + Edited, BuildFlavor.ReleasePortable);

        public void Dispose()
        {
            Debug.Dispose();
            Woven.Dispose();
            Changed.Dispose();
        }
    }
}
