using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

public sealed class CallTargetAnalyzerTests
{
    [Theory]
    [InlineData("typeof(System.IO.MemoryStream), \"ReadAtLeast\"", "names 'ReadAtLeast', which 'Stream' declares; name that type")]
    [InlineData("typeof(IList<>), \"Add\"", "names 'Add', which 'ICollection' declares; name that type")]
    [InlineData("typeof(System.IO.MemoryStream), \"Flush\"", "names an override; name 'Stream', which declares 'Flush'")]
    [InlineData("typeof(List<int>), \"Add\"", "names one construction of a generic type; write 'typeof(List<>)'")]
    [InlineData("typeof(Dictionary<int, int>), \"Add\"", "names one construction of a generic type; write 'typeof(Dictionary<,>)'")]
    [InlineData("typeof(string), \"Length\"", "names 'String.Length', which is not a method")]
    [InlineData("typeof(string), \"Lenght\"", "names 'Lenght', which 'String' does not have")]
    [InlineData("typeof(C), \"M\"", "names a type of this assembly; put the trigger on 'C.M' itself")]
    [InlineData("typeof(int[]), \"Clone\"", "names no type that declares methods")]
    [InlineData("null!, \"Clone\"", "names no type that declares methods")]
    [InlineData("typeof(Math), null!", "names no method")]
    [InlineData("typeof(Math), \"Abs\", ParameterTypes = new[] { typeof(string) }", "names parameters that no overload of 'Math.Abs' has")]
    [InlineData("typeof(object), \"MemberwiseClone\"", "names 'Object.MemberwiseClone', which this assembly cannot call")]
    public Task Target_ThatIsNone_IsReportedAtTheAttribute(string arguments, string message) => AnalyzerTest.VerifyAsync(
        $"[assembly: {{|#0:WorkflowMemoryTriggerOn({arguments})|}}] class C {{ public void M() {{ }} }}",
        AnalyzerTest.Found(TriggerDiagnostics.NoCallTarget, $"The trigger {message}"));

    [Theory]
    [InlineData("typeof(System.IO.Stream), \"CopyTo\"")]
    [InlineData("typeof(List<>), \"Add\"")]
    [InlineData("typeof(IDisposable), \"Dispose\"")]
    [InlineData("typeof(Math), \"Abs\", ParameterTypes = new[] { typeof(int) }")]
    [InlineData("typeof(GC), \"Collect\", ParameterTypes = new Type[0]")]
    public Task Target_ThatCanBeCalled_IsNotReported(string arguments) =>
        AnalyzerTest.VerifyAsync($"[assembly: WorkflowMemoryTriggerOn({arguments})]");
}
