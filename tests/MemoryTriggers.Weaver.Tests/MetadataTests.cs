using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Weaver;

/// <summary>What others read in a woven assembly: debuggers, the trimmer, reflection, the loader.</summary>
[Collection(nameof(ProcessWide))]
public sealed class MetadataTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private const string MappedPath = "/_/obj/Decorated.pdb";

    private const string Source =
        """
        class Program
        {
            [WorkflowMemoryTrigger]
            static async Task<int> Later(int number) { await Task.Yield(); return number; }

            [WorkflowMemoryTrigger]
            [return: System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicFields)]
            static Type Inspect([System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicFields)] Type type) => type;
        }
        """;

    [Theory]
    [InlineData(BuildFlavor.DebugPortable)]
    [InlineData(BuildFlavor.ReleasePortable)]
    [InlineData(BuildFlavor.DebugEmbedded)]
    public void Weave_InAnotherFolder_GivesTheSameBytes(BuildFlavor flavor)
    {
        using var here = new WovenSource(Source, flavor, symbolPath: MappedPath);
        using var there = new WovenSource(Source, flavor, symbolPath: MappedPath);

        Assert.Equal(File.ReadAllBytes(here.AssemblyFile), File.ReadAllBytes(there.AssemblyFile));
    }

    [Theory]
    [InlineData(BuildFlavor.DebugPortable)]
    [InlineData(BuildFlavor.DebugEmbedded)]
    public void DebugDirectory_OfADeterministicBuild_KeepsItsPathAndMarks(BuildFlavor flavor)
    {
        using var source = new WovenSource(Source, flavor, weave: false, symbolPath: MappedPath);
        var compiled = ReadDebugDirectory(source.AssemblyFile);

        source.Weave();

        Assert.Equal(compiled, ReadDebugDirectory(source.AssemblyFile));
        Assert.Contains("Reproducible", compiled.Types, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksum_OfTheSymbols_IsThatOfTheFile()
    {
        using var source = new WovenSource(Source, symbolPath: MappedPath);
        using var assembly = new PEReader(File.OpenRead(source.AssemblyFile));
        var entry = assembly.ReadDebugDirectory().Single(static entry => entry.Type == DebugDirectoryEntryType.PdbChecksum);
        var symbols = File.ReadAllBytes(source.SymbolFile);
        using var reader = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        var header = reader.GetMetadataReader().DebugMetadataHeader!;

        // The checksum is of the file with its id left blank.
        symbols.AsSpan(header.IdStartOffset, header.Id.Length).Clear();

        Assert.Equal(SHA256.HashData(symbols), assembly.ReadPdbChecksumDebugDirectoryData(entry).Checksum);
    }

    [Fact]
    public void TrimmerAttributes_OfParametersAndResult_GoWithTheBody()
    {
        using var source = new WovenSource(Source);

        var body = source.Type("Program").GetMethod("<Inspect>body", Everything)!;

        Assert.NotNull(body.GetParameters()[0].GetCustomAttribute<DynamicallyAccessedMembersAttribute>());
        Assert.NotNull(body.ReturnParameter.GetCustomAttribute<DynamicallyAccessedMembersAttribute>());
    }

    [Fact]
    public void Weave_PubliclySignedAssembly_KeepsItsPublicKey()
    {
        var (_, publicKey) = StrongNameKey.Create();
        using var source = new WovenSource(Source, weave: false, publicKey: publicKey);

        Assert.Empty(source.Weave().Problems);

        Assert.Equal(publicKey, AssemblyName.GetAssemblyName(source.AssemblyFile).GetPublicKey());
        Assert.NotNull(source.Type("Program"));
    }

    [Fact]
    public void Weave_WithAKey_SignsAgain()
    {
        using var directory = new TemporaryDirectory();
        var (pair, publicKey) = StrongNameKey.Create();
        var keyFile = Path.Combine(directory.Path, "key.snk");
        File.WriteAllBytes(keyFile, pair);
        using var source = new WovenSource(Source, weave: false, publicKey: publicKey);

        Assert.Empty(source.Weave(keyFile).Problems);

        Assert.Equal(publicKey, AssemblyName.GetAssemblyName(source.AssemblyFile).GetPublicKey());
        using var assembly = new PEReader(File.OpenRead(source.AssemblyFile));
        var signature = assembly.PEHeaders.CorHeader!.StrongNameSignatureDirectory;
        Assert.Contains(assembly.GetSectionData(signature.RelativeVirtualAddress).GetContent(0, signature.Size), static b => b != 0);
    }

    private static (string Path, string Types) ReadDebugDirectory(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        var entries = assembly.ReadDebugDirectory();
        var codeView = entries.Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView);
        return (assembly.ReadCodeViewDebugDirectoryData(codeView).Path, string.Join(' ', entries.Select(static entry => entry.Type).Order()));
    }
}
