using Microsoft.AspNetCore.Mvc;

namespace MemoryTriggers.AspNetCore.Tests.Endpoints;

/// <summary>A controller with a decorated action.</summary>
[ApiController]
[Route("api/orders")]
public sealed class OrdersController : ControllerBase
{
    [HttpPost("{number:int}")]
    [WorkflowMemoryTrigger(WorkflowType = "order", CaptureArguments = true)]
    public async Task<ActionResult<string>> PlaceAsync(int number)
    {
        await Task.Yield();
        return number > 100 ? throw new InvalidOperationException("too many") : $"placed {number}";
    }

    [HttpGet("closed")]
    public IActionResult Closed() => StatusCode(503);

    [HttpGet("sold-out")]
    public ActionResult<string> SoldOut() => Problem("sold out", statusCode: 503);

    [HttpGet("{number:int}")]
    public string Get(int number) => $"order {number}";
}
