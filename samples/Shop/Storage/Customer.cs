using Microsoft.AspNetCore.Identity;

namespace Shop.Storage;

/// <summary>A person with an account.</summary>
internal sealed class Customer : IdentityUser<int>
{
    public string? Address { get; set; }
}
