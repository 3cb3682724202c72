using Microsoft.Extensions.Options;

namespace MemoryTriggers.Backends.Sqlite;

[OptionsValidator]
internal sealed partial class SqliteBackendOptionsValidator : IValidateOptions<SqliteBackendOptions>;
