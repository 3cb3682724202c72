using Microsoft.Extensions.Options;

namespace MemoryTriggers.Operations;

[OptionsValidator]
internal sealed partial class CircuitBreakerOptionsValidator : IValidateOptions<CircuitBreakerOptions>;
