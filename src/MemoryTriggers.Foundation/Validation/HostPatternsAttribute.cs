using System.ComponentModel.DataAnnotations;

namespace MemoryTriggers.Validation;

/// <summary>A list of hosts in an options class, each as <see cref="HostPattern"/> allows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostPatternsAttribute : ValidationAttribute
{
    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        foreach (var host in value as IEnumerable<string> ?? [])
            if (HostPattern.Problem(host ?? "") is { } problem)
                return new ValidationResult($"{validationContext.DisplayName} {problem}; it has '{HttpAddress.Show(host ?? "")}'.");
        return ValidationResult.Success;
    }
}
