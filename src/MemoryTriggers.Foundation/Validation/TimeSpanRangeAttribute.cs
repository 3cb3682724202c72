using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace MemoryTriggers.Validation;

/// <summary>Bounds of a duration in an options class, both inclusive, in the constant format of <see cref="TimeSpan"/>.</summary>
/// <param name="minimum">The shortest, such as <c>00:00:00.001</c>.</param>
/// <param name="maximum">The longest, such as <c>01:00:00</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeSpanRangeAttribute(string minimum, string maximum)
    : ValidationAttribute("The field {0} must be between {1} and {2}.")
{
    public string Minimum { get; } = minimum;

    public string Maximum { get; } = maximum;

    public TimeSpan Shortest => Parse(Minimum);

    public TimeSpan Longest => Parse(Maximum);

    public override bool IsValid(object? value) =>
        value is not TimeSpan duration || duration >= Shortest && duration <= Longest;

    public override string FormatErrorMessage(string name) =>
        string.Format(CultureInfo.InvariantCulture, ErrorMessageString, name, Minimum, Maximum);

    private static TimeSpan Parse(string text) => TimeSpan.ParseExact(text, ["c"], CultureInfo.InvariantCulture);
}
