using Microsoft.Extensions.Options;

namespace MemoryTriggers.Postgres.Connections;

[OptionsValidator]
internal sealed partial class PostgresBackendOptionsValidator : IValidateOptions<PostgresBackendOptions>;
