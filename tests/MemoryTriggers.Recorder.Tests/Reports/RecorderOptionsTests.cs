namespace MemoryTriggers.Reports;

public sealed class RecorderOptionsTests
{
    [Fact]
    public void Parse_OfAllSettings_ReadsThem() => Assert.Equal(
        new RecorderOptions { Data = "/a=b", Project = "shop", Wait = TimeSpan.FromSeconds(1.5), Quiet = true },
        RecorderOptions.Parse("Data=/a=b; project=shop;WAIT=1.5;quiet"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wait=soon;speed=9;;=")]
    public void Parse_OfWhatItDoesNotKnow_LeavesTheDefaults(string? parameters) => Assert.Equal(new RecorderOptions(), RecorderOptions.Parse(parameters));

    [Theory]
    [InlineData("wait=-3", 0)]
    [InlineData("wait=3600", 60)]
    public void Parse_OfAWaitOutOfBounds_TakesTheBound(string parameters, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RecorderOptions.Parse(parameters).Wait);
}
