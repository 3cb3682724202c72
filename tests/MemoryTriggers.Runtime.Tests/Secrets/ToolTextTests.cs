namespace MemoryTriggers.Secrets;

public sealed class ToolTextTests
{
    private readonly ToolText _secrets = new(["s3cr3t-of-ci", "short"]);

    [Theory]
    [InlineData("login failed: password=hunter2; retry", "login failed: password=[sensitive]; retry")]
    [InlineData("Pwd = 'two words' is wrong", "Pwd = '[sensitive]' is wrong")]
    [InlineData("""{"apiKey": "abc def"}""", """{"apiKey": "[sensitive]"}""")]
    [InlineData("Authorization: Bearer eyJhbGciOi.J9", "Authorization: Bearer [sensitive]")]
    [InlineData("sent bearer abc.def to it", "sent bearer [sensitive] to it")]
    [InlineData("clone https://me:pass@git.example/x failed", "clone https://[sensitive]@git.example/x failed")]
    [InlineData("feed refused s3cr3t-of-ci here", "feed refused [sensitive] here")]
    [InlineData("connect Host=db;Access Key=k1;Port=5", "connect Host=db;Access Key=[sensitive];Port=5")]
    public void Mask_OfASecret_LeavesAMark(string text, string masked) => Assert.Equal(masked, _secrets.Mask(text));

    [Theory]
    [InlineData("error CS1002: ; expected")]
    [InlineData("a short text")]
    [InlineData("see https://example.org/a@b and the token that follows")]
    [InlineData("")]
    public void Mask_OfWhatIsNone_ChangesNothing(string text) => Assert.Equal(text, _secrets.Mask(text));
}
