using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>Checks the settings when the host starts.</summary>
[OptionsValidator]
internal sealed partial class HttpHookOptionsValidator : IValidateOptions<HttpHookOptions>;
