using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Postgres;

[OptionsValidator]
internal sealed partial class PostgresBackendOptionsValidator : IValidateOptions<PostgresBackendOptions>;
