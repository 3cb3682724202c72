using MemoryTriggers.Configuration;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Hosting;

public sealed class PresetTests
{
    [Theory]
    [InlineData(MemoryTriggersPreset.Default)]
    [InlineData(MemoryTriggersPreset.Development)]
    [InlineData(MemoryTriggersPreset.Production)]
    [InlineData(MemoryTriggersPreset.HighPerformance)]
    [InlineData(MemoryTriggersPreset.LowResource)]
    [InlineData(MemoryTriggersPreset.Reference)]
    public void Use_OfEveryPreset_IsValid(MemoryTriggersPreset preset) =>
        Assert.True(new MemoryTriggersOptionsValidator().Validate(null, new MemoryTriggersOptions().Use(preset)).Succeeded);

    [Fact]
    public void Use_Default_ChangesNothing()
    {
        var (used, plain) = (new MemoryTriggersOptions().Use(MemoryTriggersPreset.Default), new MemoryTriggersOptions());

        Assert.Equal(
            (plain.Delivery.BatchSize, plain.Delivery.BatchAge, plain.Delivery.Concurrency, plain.Journal.MaxBytes, plain.Journal.Overflow),
            (used.Delivery.BatchSize, used.Delivery.BatchAge, used.Delivery.Concurrency, used.Journal.MaxBytes, used.Journal.Overflow));
    }

    [Fact]
    public void Use_FromLowToHigh_TakesMoreOfEverything()
    {
        MemoryTriggersPreset[] ascending = [MemoryTriggersPreset.LowResource, MemoryTriggersPreset.Development, MemoryTriggersPreset.Default, MemoryTriggersPreset.Production, MemoryTriggersPreset.HighPerformance];
        var all = ascending.Select(static preset => new MemoryTriggersOptions().Use(preset)).ToList();

        Assert.Equal(all.OrderBy(static options => options.Delivery.BatchSize), all);
        Assert.Equal(all.OrderBy(static options => options.Journal.MaxBytes), all);
        Assert.Equal(all.OrderBy(static options => options.Delivery.Concurrency), all);
    }

    [Fact]
    public void Use_Reference_SetsWhatTheFileSets()
    {
        var file = new ConfigurationBuilder().AddInMemoryCollection([new("preset", "reference")]).Build();
        var (code, said) = (new MemoryTriggersOptions().Use(MemoryTriggersPreset.Reference), new MemoryTriggersOptions().Use(file));

        Assert.Empty(OptionsTree.Changed(code, said));
        Assert.Equal((50, true, true), (code.Delivery.BatchSize, code.Retention.Enabled, code.AutoRecall.Enabled));
    }

    [Fact]
    public void Use_OfNoPreset_IsAnError() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => new MemoryTriggersOptions().Use((MemoryTriggersPreset)99));
}
