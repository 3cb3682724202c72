using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Balanced;

[OptionsValidator]
internal sealed partial class BalancedBackendOptionsValidator : IValidateOptions<BalancedBackendOptions>;
