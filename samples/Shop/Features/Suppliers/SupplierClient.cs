using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Shop.Features.Suppliers;

/// <summary>Asks a supplier, over HTTP. In this sample the suppliers live at the shop's own address.</summary>
internal sealed class SupplierClient(HttpClient http, IServer server)
{
    private Uri Address => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <exception cref="SupplierUnavailableException">The supplier did not do it.</exception>
    public async Task ReserveAsync(string supplier, string item, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri(Address, $"/suppliers/{supplier}/reservations/{item}");
            using var response = await http.PostAsync(address, null, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException exception)
        {
            throw new SupplierUnavailableException(supplier, item, exception);
        }
    }
}
