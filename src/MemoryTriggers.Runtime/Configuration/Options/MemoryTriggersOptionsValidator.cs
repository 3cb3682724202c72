using Microsoft.Extensions.Options;

namespace MemoryTriggers.Configuration;

/// <summary>Checks the settings, those of the parts included, when the runtime starts.</summary>
[OptionsValidator]
internal sealed partial class MemoryTriggersOptionsValidator : IValidateOptions<MemoryTriggersOptions>;
