using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Reading;

/// <summary>
/// Keeps the path of the symbols that the compiler wrote, which the build may have mapped. Cecil by itself writes the path of the
/// moment, and the same source would give other bytes in another folder.
/// </summary>
internal sealed class DebugHeaderKeeper(ISymbolWriterProvider inner, ImageDebugHeader original) : ISymbolWriterProvider
{
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) =>
        new Writer(inner.GetSymbolWriter(module, fileName), original);

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
        new Writer(inner.GetSymbolWriter(module, symbolStream), original);

    private sealed class Writer(ISymbolWriter inner, ImageDebugHeader original) : ISymbolWriter
    {
        public ISymbolReaderProvider GetReaderProvider() => inner.GetReaderProvider();

        public ImageDebugHeader GetDebugHeader() => DebugHeaders.Merge(inner.GetDebugHeader(), original);

        public void Write(MethodDebugInformation info) => inner.Write(info);

        public void Write() => inner.Write();

        public void Write(ICustomDebugInformationProvider provider) => inner.Write(provider);

        public void Dispose() => inner.Dispose();
    }
}
