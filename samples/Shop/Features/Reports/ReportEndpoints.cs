using Mediator;

namespace Shop.Features.Reports;

/// <summary>Reports for the bookkeeper.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this WebApplication app) =>
        app.MapGet("/reports/{year:int}", static async (int year, ISender sender, CancellationToken token) =>
            new { Year = year, Sold = await sender.Send(new SalesQuery(year), token) });
}
