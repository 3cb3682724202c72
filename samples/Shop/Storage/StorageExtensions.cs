using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Shop.Storage;

/// <summary>The database and the keys of the tokens, in one folder.</summary>
internal static class StorageExtensions
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var given = builder.Configuration["database"];
        var file = Path.GetFullPath(given ?? Path.Combine(builder.Configuration["data"] ?? AppContext.BaseDirectory, "shop.db"));
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        builder.Services.AddDbContext<ShopDb>(options => options.UseSqlite($"Data Source={file}"));
        builder.Services.AddDataProtection().PersistKeysToFileSystem(folder.CreateSubdirectory("keys"));
    }
}
