using Microsoft.Extensions.Options;

namespace MemoryTriggers.Requests;

[OptionsValidator]
internal sealed partial class RequestMemoryOptionsValidator : IValidateOptions<RequestMemoryOptions>;
