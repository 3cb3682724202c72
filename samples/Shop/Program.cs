using Shop;

// dotnet run --project samples/Shop            opens the shop on http://127.0.0.1:5080; samples/Shop/requests.sh sends it requests
// dotnet run --project samples/Shop -- --demo  opens it, sends it requests, shows what it remembers, and ends
// --data <directory>, --database <file>, --urls <address>   the memories, the products and orders, the address
// --memory off                                              without memories
if (args.Contains("--demo"))
{
    await Demo.RunAsync([.. args.Where(static argument => argument != "--demo")]);
    return;
}

await using var shop = await ShopHost.BuildAsync(["--urls", "http://127.0.0.1:5080", .. args]);
await shop.RunAsync();
