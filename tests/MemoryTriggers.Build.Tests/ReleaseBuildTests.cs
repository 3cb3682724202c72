using System.Reflection;

namespace MemoryTriggers.Build;

/// <summary>The same source, built for release and signed, in two folders.</summary>
public sealed class ReleaseBuildTests(TwoReleases releases) : IClassFixture<TwoReleases>
{
    [Theory]
    [InlineData("Library.dll")]
    [InlineData("Library.pdb")]
    public void Build_InTwoFolders_GivesTheSameBytes(string file) => Assert.Equal(releases.Read(0, file), releases.Read(1, file));

    [Fact]
    public void Build_WithPathsMapped_KeepsNoFolderOfTheMachine()
    {
        var text = System.Text.Encoding.UTF8.GetString(releases.Read(0, "Library.dll")) + System.Text.Encoding.UTF8.GetString(releases.Read(0, "Library.pdb"));

        Assert.DoesNotContain(Path.GetTempPath() + "memory-triggers-", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithAKey_LeavesAValidSignature()
    {
        Assert.Equal([2], releases.Output.Weaves);
        Assert.Equal(releases.PublicKey, AssemblyName.GetAssemblyName(releases.File(0, "Library.dll")).GetPublicKey());
        Assert.True(StrongNameSignature.IsValid(releases.Read(0, "Library.dll"), releases.PublicKey));
    }

    [Fact]
    public void Signature_OfAChangedAssembly_IsNotValid()
    {
        var assembly = releases.Read(0, "Library.dll");
        assembly[^0x210] ^= 1;

        Assert.False(StrongNameSignature.IsValid(assembly, releases.PublicKey));
    }
}
