using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Tests.Hosting;

public sealed class VectorHostingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void UseVectors_NoGenerator_ChangesNothing()
    {
        var services = new ServiceCollection();
        services.AddMemoryTriggers().UseVectors();
        using var provider = services.BuildServiceProvider();

        Assert.Empty(provider.GetRequiredService<IOptions<MemoryTriggersOptions>>().Value.Layers);
    }

    [Fact]
    public void UseVectors_Twice_AddsOneLayerWithBothSettings()
    {
        var services = new ServiceCollection();
        services.AddMemoryTriggers().UseVectors(static options => options.BatchSize = 0).UseVectors(static options => options.BatchSize = 5);
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new ConceptGenerator());
        using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetRequiredService<IOptions<MemoryTriggersOptions>>().Value.Layers);
    }

    [Fact]
    public void UseVectors_AfterAConfiguration_HasItsSection_AndCodeGoesBeforeIt()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("vectors:path", "v.db"), new("vectors:model", "m"), new("vectors:batch_size", "7"), new("vectors:max_text_length", "500"),
            new("vectors:question_timeout", "1.5"), new("vectors:min_similarity", "0.3"), new("vectors:depth", "20"),
        ]).Build();
        VectorOptions? seen = null;

        new MemoryTriggersOptions().Use(configuration).UseVectors(new ConceptGenerator(), options =>
        {
            seen = options;
            options.Depth = 30;
        });

        Assert.Equal(("v.db", "m", 7, 500, 1.5, 0.3, 30), (seen!.Path, seen.Model, seen.BatchSize, seen.MaxTextLength, seen.QuestionTimeout.TotalSeconds, seen.MinSimilarity, seen.Depth));
    }

    [Fact]
    public void UseVectors_AfterAConfigurationThatSaysNothingOfThem_HasTheDefaults()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("project", "shop")]).Build();
        var (plain, configured) = ("", "");

        new MemoryTriggersOptions().UseVectors(new ConceptGenerator(), options => plain = JsonSerializer.Serialize(options));
        new MemoryTriggersOptions().Use(configuration).UseVectors(new ConceptGenerator(), options => configured = JsonSerializer.Serialize(options));

        Assert.Equal(plain, configured);
    }

    [Fact]
    public void UseVectors_SettingOutOfBounds_IsRefused() =>
        Assert.Throws<OptionsValidationException>(() => new MemoryTriggersOptions().UseVectors(new ConceptGenerator(), static options => options.Depth = 1));

    [Fact]
    public async Task Start_Generator_RecallFindsByMeaning()
    {
        using var directory = new TemporaryDirectory();
        var store = new InMemoryMemoryBackend();
        var car = Any.Entry("My automobile broke down");
        await store.StoreAsync([car], Token);
        var generator = new SignallingGenerator();
        await using var service = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = directory.Path;
                options.ReadCache.Enabled = false;
                options.UseVectors(generator);
            },
            store,
            cancellationToken: Token);

        // Vectors are made in the background; a search finds them some time after.
        await generator.First.WaitAsync(Token);
        IReadOnlyList<MemoryHit> hits = [];
        while (hits.Count == 0)
        {
            await Task.Yield();
            hits = await service.Recall.SearchAsync("repair of the engine", new MemoryQuery { AllProjects = true }, Token);
        }

        Assert.Equal(car.Id, Assert.Single(hits).Entry.Id);
        Assert.True(File.Exists(Path.Combine(directory.Path, "vectors.db")));
    }

    private sealed class SignallingGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        private readonly ConceptGenerator _inner = new();
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task First => _first.Task;

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var made = await _inner.GenerateAsync(values, options, cancellationToken);
            _first.TrySetResult();
            return made;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => _inner.GetService(serviceType, serviceKey);

        public void Dispose() => _inner.Dispose();
    }
}
