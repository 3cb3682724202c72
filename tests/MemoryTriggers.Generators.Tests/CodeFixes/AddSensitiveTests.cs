using MemoryTriggers.CodeFixes;

namespace MemoryTriggers.Generators.CodeFixes;

public sealed class AddSensitiveTests
{
    [Theory]
    [InlineData("int a, char[] {|MTG003:password|}", "int a, [Sensitive] char[] password")]
    [InlineData("[Named] char[] {|MTG003:password|}", "[Sensitive][Named] char[] password")]
    [InlineData("params char[] {|MTG003:password|}", "[Sensitive] params char[] password")]
    [InlineData("int a, /* it */ char[] {|MTG003:password|}", "int a, /* it */ [Sensitive] char[] password")]
    [InlineData("\n        // it\n        in byte[] {|MTG003:apiKey|} ", "\n        // it\n        [Sensitive] in byte[] apiKey ")]
    [InlineData("char[] {|MTG003:password|}, byte[] {|MTG003:apiKey|}", "[Sensitive] char[] password, [Sensitive] byte[] apiKey")]
    public Task Applied_MarksTheParameter(string marked, string expected) =>
        CodeFixTest<AddSensitiveCodeFixProvider>.VerifyAsync(Source(marked), Source(expected));

    [Theory]
    [InlineData("string {|MTG003:CreateToken|}() => \"\";", "[return: Sensitive][WorkflowMemoryTrigger] string CreateToken() => \"\";")]
    [InlineData("public async Task<byte[]> {|MTG003:GetApiKeyAsync|}() => await Task.FromResult(new byte[1]);",
        "[return: Sensitive][WorkflowMemoryTrigger] public async Task<byte[]> GetApiKeyAsync() => await Task.FromResult(new byte[1]);")]
    public Task Applied_MarksTheResult(string marked, string expected) => CodeFixTest<AddSensitiveCodeFixProvider>.VerifyAsync(
        $"class C {{ [WorkflowMemoryTrigger] {marked} }}", $"class C {{ {expected} }}");

    [Fact]
    public Task AppliedToAll_MarksThoseOfEveryFile() => CodeFixTest<AddSensitiveCodeFixProvider>.VerifyAsync(
        [Source("char[] {|MTG003:password|}", "A"), Source("char[] {|MTG003:password|}", "B")],
        [Source("[Sensitive] char[] password", "A"), Source("[Sensitive] char[] password", "B")]);

    [Fact]
    public Task Applied_WhereTheNameMeansAnother_NamesTheNamespace() => CodeFixTest<AddSensitiveCodeFixProvider>.VerifyAsync(
        "class SensitiveAttribute : Attribute { } " + Source("char[] {|MTG003:password|}"),
        "class SensitiveAttribute : Attribute { } " + Source("[MemoryTriggers.Sensitive] char[] password"));

    private static string Source(string parameters, string name = "C") =>
        $"class {name} {{ [WorkflowMemoryTrigger(CaptureArguments = true)] void M({parameters}) {{ }} " +
        "class NamedAttribute : Attribute { } }";
}
