using Microsoft.Extensions.Options;

namespace MemoryTriggers.Circuits;

[OptionsValidator]
internal sealed partial class CircuitBreakerOptionsValidator : IValidateOptions<CircuitBreakerOptions>;
