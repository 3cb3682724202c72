using Microsoft.Extensions.Options;

namespace MemoryTriggers.WorkQueue;

[OptionsValidator]
internal sealed partial class PostgresWorkQueueOptionsValidator : IValidateOptions<PostgresWorkQueueOptions>;
