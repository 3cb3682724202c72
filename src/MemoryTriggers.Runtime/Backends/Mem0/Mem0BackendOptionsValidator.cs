using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Mem0;

[OptionsValidator]
internal sealed partial class Mem0BackendOptionsValidator : IValidateOptions<Mem0BackendOptions>;
