using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>What code and a file can set is the same in both: default, unit, bounds.</summary>
public sealed class DoorTests
{
    // A shorter one is taken as the shortest that the option has.
    private static readonly string[] WiderThanTheirOption = ["backend.retry_delay"];

    private static readonly (string Option, string Reason)[] WithoutKey =
    [
        ("Operations.Alerts.Channels", "objects of the program"),
        ("Policies.Actions", "objects of the program"),
        ("Policies.ForTypes", "written in the file that policies.file names"),
        ("Policies.Programs", "objects of the program"),
        ("Policies.Rules", "written in the file that policies.file names"),
        ("Policies.Set.ActionTypes", "names of Policies.Actions"),
        ("Protection.ValuesInLines", "a decision of the program about its own lines"),
    ];

    public static TheoryData<string> SameMeaning =>
        [.. Doors.All.Where(static door => door.Unit > 0).Select(static door => door.Key).Distinct()];

    public static TheoryData<string> Numbers =>
    [
        .. Doors.All.Where(static door => door.Unit > 0).Select(static door => door.Key).Distinct()
            .Where(static key => FileKeys.All[key].Minimum is not null),
    ];

    [Theory]
    [MemberData(nameof(SameMeaning))]
    public void Default_OfAKey_IsThatOfItsOption(string key) => Assert.All(Doors.All.Where(door => door.Key == key), door =>
        Assert.Equal(Number(FileKeys.Default(key), 1), Number(Option(new(), door.Option).Value, door.Unit)));

    [Theory]
    [MemberData(nameof(SameMeaning))]
    public void Value_OfAKey_IsInTheUnitOfItsOption(string key)
    {
        var said = FileKeys.With(key);
        var options = new MemoryTriggersOptions().Use(new ConfigurationBuilder().AddInMemoryCollection(said).Build());

        var text = said[key.Replace('.', ':')]!;
        object? expected = bool.TryParse(text, out var truth) ? truth : double.Parse(text, CultureInfo.InvariantCulture);
        Assert.All(
            Doors.All.Where(door => door.Key == key),
            door => Assert.Equal(Number(expected, 1), Number(Option(options, door.Option).Value, door.Unit)));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Bounds_OfAKey_AreAllowedByItsOption(string key)
    {
        if (WiderThanTheirOption.Contains(key)) return;
        var property = FileKeys.All[key];
        Assert.All(Doors.All.Where(door => door.Key == key), door =>
        {
            var (least, most) = Bounds(Option(new(), door.Option).Property);
            Assert.InRange(property.Minimum!.Value * door.Unit, least, most);
            Assert.InRange(property.Maximum!.Value * door.Unit, least, most);
        });
    }

    [Fact]
    public void Doors_NameKeysAndOptionsThatThereAre()
    {
        var options = OptionsTree.Read(new()).Keys.Append("Retention.Categories[x]").ToHashSet();

        Assert.All(Doors.All, door => Assert.Contains(door.Key, FileKeys.All.Keys));
        Assert.All(Doors.All.Select(static door => door.Key).Distinct().SelectMany(Doors.Of), option => Assert.Contains(option, options));
    }

    // A new option gets a key, or a line in WithoutKey. All types of trigger have the keys of one, and so have all categories.
    [Fact]
    public void Options_WithoutAKey_AreThoseThatHaveAReason()
    {
        var reached = Doors.All.Select(static door => door.Key).Distinct().SelectMany(Doors.Of).ToHashSet();
        var unreached = OptionsTree.Read(new()).Keys.Where(option => !reached.Contains(option) && !IsOneOfMany(option));

        Assert.Equal(WithoutKey.Select(static option => option.Option), unreached);
        Assert.All(WithoutKey, static option => Assert.NotEmpty(option.Reason));
        Assert.Contains("Retention.Categories[x]", reached);
        Assert.Contains("Types[WorkflowCompletion].MaxPending", reached);
    }

    private static bool IsOneOfMany(string option) => option.StartsWith("Retention.Categories[", StringComparison.Ordinal) ||
        option.StartsWith("Types[", StringComparison.Ordinal) && !option.Contains("WorkflowCompletion", StringComparison.Ordinal);

    private static (PropertyInfo Property, object? Value) Option(MemoryTriggersOptions options, string path)
    {
        object? value = options;
        PropertyInfo property = null!;
        foreach (var name in path.Split('.'))
        {
            property = value!.GetType().GetProperty(name)!;
            value = property.GetValue(value);
        }

        return (property, value);
    }

    private static object? Number(object? value, double unit) => value switch
    {
        null or bool => value,
        TimeSpan time => Math.Round(time.TotalSeconds / unit, 9),
        _ => Math.Round(Convert.ToDouble(value, CultureInfo.InvariantCulture) / unit, 9),
    };

    private static (double Least, double Most) Bounds(PropertyInfo option)
    {
        if (option.GetCustomAttribute<TimeSpanRangeAttribute>() is { } times)
            return (times.Shortest.TotalSeconds, times.Longest.TotalSeconds);
        return option.GetCustomAttribute<RangeAttribute>() is { } range
            ? (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture))
            : (double.MinValue, double.MaxValue);
    }
}
