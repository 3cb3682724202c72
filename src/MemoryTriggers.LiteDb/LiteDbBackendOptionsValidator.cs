using Microsoft.Extensions.Options;

namespace MemoryTriggers;

[OptionsValidator]
internal sealed partial class LiteDbBackendOptionsValidator : IValidateOptions<LiteDbBackendOptions>;
