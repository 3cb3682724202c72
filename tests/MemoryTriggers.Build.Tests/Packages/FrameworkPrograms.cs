namespace MemoryTriggers.Build.Packages;

/// <summary>What users of other frameworks and languages write.</summary>
internal static class FrameworkPrograms
{
    /// <summary>In C# 7.3, the default of .NET Standard 2.0 and .NET Framework.</summary>
    public const string Library =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using MemoryTriggers;

        namespace Stock
        {
            public class Shelf<T>
            {
                private readonly List<T> _items = new List<T>();

                [WorkflowMemoryTrigger(WorkflowType = "put", Content = "Put {item} at {place}", CaptureArguments = true)]
                public int Put(T item, string place, ref int count)
                {
                    _items.Add(item);
                    return ++count;
                }

                [AgentMemoryTrigger("picker", Content = "Picked {result} for {customer}")]
                public async Task<T> PickAsync(string customer, [Sensitive] string card)
                {
                    await Task.Yield();
                    return _items[0];
                }

                [KnowledgeMemoryTrigger("stock", Content = "Listed the stock")]
                public IEnumerable<T> All()
                {
                    foreach (var item in _items) yield return item;
                }

                [ErrorMemoryTrigger("stock", Content = "Broke by {error}")]
                public void Break() { throw new InvalidOperationException("the shelf broke"); }

                public void Note()
                {
                    using (var scope = TriggerScope.Knowledge("note of the shelf"))
                    {
                        scope.AddTags("shelf", "noted").SetResult(_items.Count);
                    }
                }
            }
        }
        """;

    /// <summary>In the newest C#, with what a framework before .NET Core 3 has from packages only.</summary>
    public const string Modern =
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using MemoryTriggers;

        namespace Stock;

        public static class Truck
        {
            [WorkflowMemoryTrigger(Content = "Loaded the truck")]
            public static async IAsyncEnumerable<int> LoadAsync(int count)
            {
                for (var box = 0; box < count; box++)
                {
                    await Task.Yield();
                    yield return box;
                }
            }

            [AgentMemoryTrigger("driver", Content = "Drove to {place}", CaptureArguments = true)]
            public static ValueTask<int> DriveAsync(string place) => new(place.Length);

            public static async Task UnloadAsync()
            {
                await using var scope = TriggerScope.Workflow("unload the truck");
                await Task.Yield();
                scope.AddTags("truck").Complete();
            }

            public static MemoryQuery Question => new() { AllProjects = true, Limit = 100 };
        }
        """;

    /// <summary>A program of .NET 10 that runs <see cref="Library"/> and recalls what it did.</summary>
    public const string Program =
        """
        using MemoryTriggers;

        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = args[0]);
        var shelf = new Stock.Shelf<string>();
        var count = 1;
        Console.WriteLine("answered: " + shelf.Put("apples", "the top", ref count) + count);
        Console.WriteLine("answered: " + await shelf.PickAsync("Ada", "1234-5678"));
        Console.WriteLine("answered: " + shelf.All().Count());
        try { shelf.Break(); } catch (InvalidOperationException) { Console.WriteLine("answered: broken"); }
        shelf.Note();
        More.Run();
        await memory.FlushAsync();
        foreach (var entry in await memory.Recall.ListAsync(new() { AllProjects = true, Limit = 100 }))
            Console.WriteLine("recalled: " + entry.Content + " " + entry.Value.GetRawText());
        foreach (var problem in (await memory.GetHealthAsync()).Problems) Console.WriteLine("problem: " + problem);

        static partial class More { public static void Run() => Continue(); static partial void Continue(); }
        """;

    public const string ModernProgram =
        """
        static partial class More
        {
            static partial void Continue() => RunAsync().GetAwaiter().GetResult();

            private static async System.Threading.Tasks.Task RunAsync()
            {
                await foreach (var box in Stock.Truck.LoadAsync(3)) Console.WriteLine("answered: box " + box);
                Console.WriteLine("answered: " + await Stock.Truck.DriveAsync("Bonn"));
                await Stock.Truck.UnloadAsync();
                Console.WriteLine("answered: limit " + Stock.Truck.Question.Limit);
            }
        }
        """;

    /// <summary>A program of .NET 8, without a runtime of ours: it counts what is captured.</summary>
    public const string Net8 =
        """
        using System.Text;
        using MemoryTriggers;
        using MemoryTriggers.Capture;

        var shelf = new Stock.Shelf<string>();
        var count = 1;
        shelf.Put("pears", "the floor", ref count);
        var sink = new Sink();
        TriggerHub.Attach(sink);
        Console.WriteLine("answered: " + shelf.Put("apples", "the top", ref count) + count);
        Console.WriteLine("answered: " + await shelf.PickAsync("Ada", "1234-5678"));
        try { shelf.Break(); } catch (InvalidOperationException broken) { Console.WriteLine("trace: " + broken.StackTrace); }
        await using (TriggerScope.Workflow("scope of eight")) await Task.Yield();
        TriggerHub.Detach(sink);
        shelf.Put("nuts", "the floor", ref count);
        Console.WriteLine("runs on: " + Environment.Version + ", unwoven: " + TriggerHub.UnwovenAssemblies.Count);

        internal sealed class Sink : ICaptureSink
        {
            // A record is binary: any of its bytes may end a line.
            public void Accept(TriggerPriority lane, ReadOnlySpan<byte> record) =>
                Console.WriteLine("captured: " + string.Concat(Encoding.Latin1.GetString(record).Select(c => c is < ' ' or > '~' ? ' ' : c)));
        }
        """;

    public const string FSharp =
        """
        open System
        open MemoryTriggers

        [<EntryPoint>]
        let main args =
            task {
                use! memory = MemoryTriggerService.StartAsync(fun options -> options.DataDirectory <- args[0])
                do
                    use scope = TriggerScope.Workflow("mixed in F#")
                    scope.AddTags("fsharp").Complete() |> ignore
                let! _ = memory.FlushAsync()
                let! entries = memory.Recall.ListAsync(MemoryQuery())
                for entry in entries do Console.WriteLine("recalled: " + entry.Content)
                return 0
            }
            |> fun running -> running.GetAwaiter().GetResult()
        """;

    public const string FSharpTrigger =
        """
        module Stock

        [<MemoryTriggers.WorkflowMemoryTrigger>]
        let push (branch: string) = branch.Length
        """;

    public const string VisualBasic =
        """
        Imports MemoryTriggers

        Public Module Stock
            Public Sub Note()
                Using scope = TriggerScope.Workflow("noted in Visual Basic")
                    scope.AddTags("vb").Complete()
                End Using
            End Sub
        End Module
        """;

    public const string VisualBasicTrigger =
        """
        Public Class Stock
            <MemoryTriggers.WorkflowMemoryTrigger(WorkflowType:="push")>
            Public Function Push(branch As String) As Integer
                Return branch.Length
            End Function
        End Class
        """;
}
