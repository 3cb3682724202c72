using Microsoft.AspNetCore.Mvc;

namespace MemoryTriggers.AspNetCore.Tests.Endpoints;

/// <summary>A controller that is found by a conventional route.</summary>
public sealed class ConventionalController : Controller
{
    public StatusCodeResult Break() => StatusCode(500);

    public string Throw() => throw new InvalidOperationException("the warehouse is on fire");

    public string Error() => "sorry";
}
