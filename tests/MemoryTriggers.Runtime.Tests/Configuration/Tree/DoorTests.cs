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

    public static TheoryData<string> SameMeaning => [.. Doors.All.Where(static door => door.Unit > 0).Select(static door => door.Key).Distinct()];

    public static TheoryData<string> Numbers => [.. Doors.All.Where(static door => door.Unit > 0 && FileKeys.All[door.Key].Minimum is not null).Select(static door => door.Key).Distinct()];

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
        Assert.All(Doors.All.Where(door => door.Key == key), door => Assert.Equal(Number(expected, 1), Number(Option(options, door.Option).Value, door.Unit)));
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

    // A new option gets a key, or a line here. All types of trigger have the keys of one.
    [Fact]
    public void Options_WithoutAKey_AreThoseThatAreKnown()
    {
        var reached = Doors.All.Select(static door => door.Key).Distinct().SelectMany(Doors.Of).ToHashSet();

        Assert.Equal(
            [
                "Operations.Alerts.Channels", "Operations.Alerts.Drops", "Operations.Alerts.FreeDiskBytes", "Operations.Alerts.MinimumCalls", "Operations.Alerts.QueueAge",
                "Operations.Alerts.ResolveAfter", "Operations.Alerts.SendTimeout", "Operations.Alerts.SlowOperation", "Operations.Alerts.SlowOperations", "Operations.Alerts.Webhook",
                "Operations.AutomaticRecovery", "Operations.Prediction.Enabled", "Operations.Prediction.Horizon", "Operations.Prediction.Samples",
                "Operations.WatchInterval", "Policies.Actions", "Policies.ForTypes", "Policies.Programs", "Policies.Rules", "Policies.Set.ActionTypes", "Policies.Set.Seed",
                "Retention.Categories[devices]", "Retention.Categories[preferences]", "Retention.Categories[tools]", "Sqlite.AlwaysCheckOnOpen", "Sqlite.CacheKilobytes",
                "Sqlite.CheckpointPages",
            ],
            OptionsTree.Read(new()).Keys.Where(option => !reached.Contains(option) && (!option.StartsWith("Types[", StringComparison.Ordinal) || option.Contains("WorkflowCompletion", StringComparison.Ordinal))));
    }

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
            return (TimeSpan.Parse(times.Minimum, CultureInfo.InvariantCulture).TotalSeconds, TimeSpan.Parse(times.Maximum, CultureInfo.InvariantCulture).TotalSeconds);
        return option.GetCustomAttribute<RangeAttribute>() is { } range
            ? (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture))
            : (double.MinValue, double.MaxValue);
    }
}
