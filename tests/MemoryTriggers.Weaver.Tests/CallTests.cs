using MemoryTriggers.TestKit;

namespace MemoryTriggers.Weaver;

/// <summary>What is said of calls that are not captured, and what a captured call remembers.</summary>
[Collection(nameof(ProcessWide))]
public sealed class CallTests
{
    [Theory]
    [InlineData("[assembly: MemoryTriggerOn(typeof(IDisposable), \"Dispose\", TriggerType.WorkflowCompletion)] class Program { static void M<X>(X x) where X : IDisposable\n{\nx.Dispose(); } }", "is made on a value of a type parameter", 4)]
    [InlineData("[assembly: MemoryTriggerOn(typeof(DateTime), \"AddDays\", TriggerType.WorkflowCompletion)] class Program { static Func<double, DateTime> M() =>\nDateTime.MinValue.AddDays; }", "goes through a delegate of a struct's method", 3)]
    public void Call_ThatCannotBeLedElsewhere_IsReportedWithItsLine(string source, string reason, int line)
    {
        using var woven = new WovenSource(source);

        var warning = woven.Result!.Warnings.First(static problem => problem.Id == "MTW008");

        Assert.Empty(woven.Result.Problems);
        Assert.Contains(reason, warning.Message, StringComparison.Ordinal);
        Assert.Equal(("/src/Decorated.cs", line), (warning.File, warning.Line));
    }

    [Theory]
    [InlineData("class Program { }")]
    [InlineData("class S : System.IO.MemoryStream { public override void Flush() => base.Flush(); }")]
    public void Trigger_WithoutACall_IsReported(string types)
    {
        using var woven = new WovenSource($"[assembly: MemoryTriggerOn(typeof(System.IO.Stream), \"Flush\", TriggerType.WorkflowCompletion)] {types}");

        var warning = Assert.Single(woven.Result!.Warnings);

        Assert.Equal("MTW009", warning.Id);
        Assert.Contains("'System.IO.Stream::Flush'", warning.Message, StringComparison.Ordinal);
        Assert.Equal(0, woven.Result.Calls);
    }

    [Fact]
    public void Trigger_OnAllOverloads_OfWhichOneIsCalled_IsNotReported()
    {
        using var woven = new WovenSource("[assembly: MemoryTriggerOn(typeof(Math), \"Abs\", TriggerType.WorkflowCompletion)] class P { static int M() => Math.Abs(-1); }");

        Assert.Empty(woven.Result!.Warnings);
        Assert.Equal(1, woven.Result.Calls);
    }

    [Fact]
    public void Triggers_OnOneOverloadEach_OfWhichOneIsCalled_ReportTheOther()
    {
        using var woven = new WovenSource("[assembly: MemoryTriggerOn(typeof(Math), \"Abs\", TriggerType.WorkflowCompletion, ParameterTypes = new[] { typeof(long) })] [assembly: MemoryTriggerOn(typeof(Math), \"Abs\", TriggerType.WorkflowCompletion, ParameterTypes = new[] { typeof(int) })] class P { static int M() => Math.Abs(-1); }");

        var warning = Assert.Single(woven.Result!.Warnings);

        Assert.Equal("MTW009", warning.Id);
        Assert.Equal(1, woven.Result.Calls);
    }

    [Fact]
    public void Call_Captured_RemembersTheOtherAssemblysMethodAndItsArguments()
    {
        using var source = new WovenSource(
            "[assembly: MemoryTriggerOn(typeof(Math), \"Max\", TriggerType.KnowledgeCapture, Subject = \"arithmetic\", ParameterTypes = new[] { typeof(int), typeof(int) }, CaptureArguments = true, Content = \"{val1} or {val2}: {result}\")] class Program { static int Run() => Math.Max(1, 2); }");
        using var sink = new RecordingSink();

        source.Run("Run");

        var entry = Assert.Single(sink.Entries);
        Assert.Equal(TriggerType.KnowledgeCapture, entry.TriggerType);
        Assert.Equal("1 or 2: 2", entry.Content);
        Assert.Contains("Math.Max", entry.Value.GetProperty("method").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, source.Result!.Calls);
    }

    [Fact]
    public void Trace_OfACapturedCall_ShowsNoWrapper()
    {
        using var source = new WovenSource("[assembly: MemoryTriggerOn(typeof(int), \"Parse\", TriggerType.WorkflowCompletion)] class Program { static int Run() => int.Parse(\"x\"); }");
        using var sink = new RecordingSink();

        var exception = Assert.Throws<FormatException>(() => source.Run("Run"));

        Assert.DoesNotContain("MemoryTriggers.Generated", exception.StackTrace, StringComparison.Ordinal);
        Assert.Contains("Program.Run() in /src/Decorated.cs:line 2", exception.StackTrace, StringComparison.Ordinal);
    }
}
