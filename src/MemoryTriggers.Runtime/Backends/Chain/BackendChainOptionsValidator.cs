using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Chain;

[OptionsValidator]
internal sealed partial class BackendChainOptionsValidator : IValidateOptions<BackendChainOptions>;
