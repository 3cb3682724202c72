using System.ComponentModel.DataAnnotations;

namespace MemoryTriggers.Validation;

/// <summary>An address in an options class that <see cref="HttpAddress"/> allows, where there is one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpAddressAttribute : ValidationAttribute
{
    /// <summary>Whether paths are appended to it.</summary>
    public bool IsBase { get; init; }

    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is Uri { OriginalString: var text } && HttpAddress.Problem(text, IsBase) is { } problem
            ? new ValidationResult($"{validationContext.DisplayName} {problem}; it is '{HttpAddress.Show(text)}'.")
            : ValidationResult.Success;
}
