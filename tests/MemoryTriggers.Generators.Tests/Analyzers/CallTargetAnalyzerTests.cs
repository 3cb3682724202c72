using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

public sealed class CallTargetAnalyzerTests
{
    [Theory]
    [InlineData("typeof(System.IO.MemoryStream), \"ReadAtLeast\", TriggerType.WorkflowCompletion", "names 'ReadAtLeast', which 'Stream' declares; name that type")]
    [InlineData("typeof(IList<>), \"Add\", TriggerType.WorkflowCompletion", "names 'Add', which 'ICollection' declares; name that type")]
    [InlineData("typeof(System.IO.MemoryStream), \"Flush\", TriggerType.WorkflowCompletion", "names an override; name 'Stream', which declares 'Flush'")]
    [InlineData("typeof(List<int>), \"Add\", TriggerType.WorkflowCompletion", "names one construction of a generic type; write 'typeof(List<>)'")]
    [InlineData("typeof(Dictionary<int, int>), \"Add\", TriggerType.WorkflowCompletion", "names one construction of a generic type; write 'typeof(Dictionary<,>)'")]
    [InlineData("typeof(string), \"Length\", TriggerType.WorkflowCompletion", "names 'String.Length', which is not a method")]
    [InlineData("typeof(string), \"Lenght\", TriggerType.WorkflowCompletion", "names 'Lenght', which 'String' does not have")]
    [InlineData("typeof(C), \"M\", TriggerType.WorkflowCompletion", "names a method with a body in this assembly; put the trigger on 'C.M' itself")]
    [InlineData("typeof(A), \"V\", TriggerType.WorkflowCompletion", "names a method with a body in this assembly; put the trigger on 'A.V' itself")]
    [InlineData("typeof(I), \"Default\", TriggerType.WorkflowCompletion", "names a method with a body in this assembly; put the trigger on 'I.Default' itself")]
    [InlineData("typeof(int[]), \"Clone\", TriggerType.WorkflowCompletion", "names no type that declares methods")]
    [InlineData("null!, \"Clone\", TriggerType.WorkflowCompletion", "names no type that declares methods")]
    [InlineData("typeof(Math), null!, TriggerType.WorkflowCompletion", "names no method")]
    [InlineData("typeof(Math), \"Abs\", TriggerType.WorkflowCompletion, ParameterTypes = new[] { typeof(string) }", "names parameters that no overload of 'Math.Abs' has")]
    [InlineData("typeof(Math), \"Abs\", (TriggerType)8", "names no type of trigger; write a member of 'TriggerType'")]
    [InlineData("typeof(Math), \"Abs\", (TriggerType)(-1)", "names no type of trigger; write a member of 'TriggerType'")]
    [InlineData("typeof(object), \"MemberwiseClone\", TriggerType.WorkflowCompletion", "names 'Object.MemberwiseClone', which this assembly cannot call")]
    public Task Target_ThatIsNone_IsReportedAtTheAttribute(string arguments, string message) => AnalyzerTest.VerifyAsync(
        $"[assembly: {{|#0:MemoryTriggerOn({arguments})|}}] class C {{ public void M() {{ }} }} abstract class A {{ public virtual void V() {{ }} }} " +
        "interface I { void Default() { } }",
        AnalyzerTest.Found(TriggerDiagnostics.NoCallTarget, $"The trigger {message}"));

    [Theory]
    [InlineData("typeof(System.IO.Stream), \"CopyTo\", TriggerType.WorkflowCompletion")]
    [InlineData("typeof(List<>), \"Add\", TriggerType.WorkflowCompletion")]
    [InlineData("typeof(IDisposable), \"Dispose\", TriggerType.WorkflowCompletion")]
    [InlineData("typeof(Math), \"Abs\", TriggerType.WorkflowCompletion, ParameterTypes = new[] { typeof(int) }")]
    [InlineData("typeof(I), \"M\", TriggerType.WorkflowCompletion")]
    [InlineData("typeof(J<,>), \"M\", TriggerType.WorkflowCompletion")]
    [InlineData("typeof(A), \"M\", TriggerType.WorkflowCompletion")]
    [InlineData("typeof(GC), \"Collect\", TriggerType.WorkflowCompletion, ParameterTypes = new Type[0]")]
    public Task Target_ThatCanBeCalled_IsNotReported(string arguments) =>
        AnalyzerTest.VerifyAsync($"[assembly: MemoryTriggerOn({arguments})] interface I {{ void M(); }} interface J<T, U> {{ U M(T a); }} " +
            "abstract class A { public abstract void M(); }");
}
