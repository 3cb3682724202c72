using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace MemoryTriggers.Sqlite;

/// <summary>Chooses the native library once per process: the system's when it is newer than the bundled one.</summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private const string System = "libsqlite3.so.0";
    private static readonly Lock Gate = new();
    private static bool _initialized;

    public static void Initialize()
    {
        lock (Gate)
        {
            if (_initialized) return;

            PreferNewerSystemLibrary();
            Batteries_V2.Init();
            _initialized = true;
        }
    }

    private static void PreferNewerSystemLibrary()
    {
        if (!OperatingSystem.IsLinux()) return;

        var provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
        if (!NativeLibrary.TryLoad(System, out var system)) return;

        var bundledVersion = NativeLibrary.TryLoad(Bundled, provider, null, out var bundled) ? Version(bundled) : 0;
        if (Version(system) <= bundledVersion || !HasFullText(system)) return;

        try
        {
            NativeLibrary.SetDllImportResolver(provider, (string name, Assembly _, DllImportSearchPath? _) =>
                name == Bundled ? system : IntPtr.Zero);
        }
        catch (InvalidOperationException)
        {
            // The program has chosen a library itself. Its choice stands.
        }
    }

    private static unsafe int Version(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? ((delegate* unmanaged[Cdecl]<int>)function)()
            : 0;

    private static unsafe bool HasFullText(IntPtr library)
    {
        if (!NativeLibrary.TryGetExport(library, "sqlite3_compileoption_used", out var function)) return false;

        fixed (byte* option = "ENABLE_FTS5\0"u8)
            return ((delegate* unmanaged[Cdecl]<byte*, int>)function)(option) != 0;
    }
}
