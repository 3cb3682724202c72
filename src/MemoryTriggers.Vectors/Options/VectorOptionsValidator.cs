using Microsoft.Extensions.Options;

namespace MemoryTriggers.Vectors;

/// <summary>Checks the settings of search by meaning.</summary>
[OptionsValidator]
internal sealed partial class VectorOptionsValidator : IValidateOptions<VectorOptions>;
