using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.JsonFile;

[OptionsValidator]
internal sealed partial class JsonFileBackendOptionsValidator : IValidateOptions<JsonFileBackendOptions>;
