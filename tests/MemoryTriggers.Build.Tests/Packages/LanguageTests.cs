namespace MemoryTriggers.Build.Packages;

/// <summary>F# and Visual Basic: scopes work, and a trigger that would never capture anything is an error.</summary>
[Collection(nameof(PackageFeed))]
public sealed class LanguageTests(PackageFeed feed)
{
    private const string ScopesOnly = "<MemoryTriggersScopesOnly>true</MemoryTriggersScopesOnly>";

    [Theory]
    [InlineData("fs", FrameworkPrograms.FSharpTrigger, "F#")]
    [InlineData("vb", FrameworkPrograms.VisualBasic, "VB")]
    public async Task Package_InAnotherLanguage_IsAnErrorThatSaysWhatToDo(string language, string source, string named)
    {
        feed.AddProject("Added" + language, "netstandard2.0", source, PackageFeed.Package("MemoryTriggers.Abstractions"), language: language);

        var built = await feed.RunAsync("Added" + language, "build", "--nologo");

        Assert.False(built.Succeeded);
        built.MustSay("error MTW011");
        built.MustSay($"this project is written in {named}");
        built.MustSay("MemoryTriggersScopesOnly");
    }

    [Theory]
    [InlineData("fs", FrameworkPrograms.FSharpTrigger, "Stock.push")]
    [InlineData("vb", FrameworkPrograms.VisualBasicTrigger, "Stock.Push")]
    public async Task Trigger_InAnotherLanguage_IsAnErrorEvenWithScopesOnly(string language, string source, string method)
    {
        feed.AddProject("Decorated" + language, "net10.0", source, PackageFeed.Package("MemoryTriggers.Abstractions"), ScopesOnly, language);

        var built = await feed.RunAsync("Decorated" + language, "build", "--nologo");

        Assert.False(built.Succeeded);
        built.MustSay("error MTW010");
        Assert.Contains(method + "' captures nothing", built.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_InFSharpAndVisualBasic_AreRecalled()
    {
        feed.AddProject("ScopesF", "net10.0", FrameworkPrograms.FSharp, PackageFeed.Package("MemoryTriggers"), PackageFeed.Executable + ScopesOnly, "fs");
        feed.AddProject("ScopesV", "netstandard2.0", FrameworkPrograms.VisualBasic, PackageFeed.Package("MemoryTriggers.Abstractions"), ScopesOnly, "vb");

        (await feed.BuildAsync("ScopesV")).MustSucceed();
        (await feed.BuildAsync("ScopesF")).MustSucceed();

        Assert.Contains("mixed in F#", await feed.StartAsync("ScopesF"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReferenceToADecoratedLibrary_InFSharp_NeedsNoPermission()
    {
        feed.AddProject("Called", "netstandard2.0", FrameworkPrograms.Library, PackageFeed.Package("MemoryTriggers.Abstractions"));
        feed.AddProject("Caller", "net10.0", "module Caller\nlet shelf = Stock.Shelf<string>()\n", """<ProjectReference Include="../Called/Called.csproj" />""", language: "fs");

        Assert.Equal([4], (await feed.BuildAsync("Caller")).Weaves);
    }
}
