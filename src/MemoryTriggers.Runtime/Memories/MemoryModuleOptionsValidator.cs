using Microsoft.Extensions.Options;

namespace MemoryTriggers.Memories;

[OptionsValidator]
internal sealed partial class MemoryModuleOptionsValidator : IValidateOptions<MemoryModuleOptions>;
