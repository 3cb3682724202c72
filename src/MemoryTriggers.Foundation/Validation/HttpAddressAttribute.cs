using System.ComponentModel.DataAnnotations;

namespace MemoryTriggers.Validation;

/// <summary>An address in an options class that has to begin with http:// or https://, where there is one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpAddressAttribute() : ValidationAttribute("The field {0} must be an address that begins with http:// or https://.")
{
    public override bool IsValid(object? value) =>
        value is not Uri address || address is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
