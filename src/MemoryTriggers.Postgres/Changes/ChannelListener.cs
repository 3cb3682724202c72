using MemoryTriggers.Postgres.Connections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MemoryTriggers.Postgres.Changes;

/// <summary>
/// Listens on a channel for notifications of other processes, on its own connection. When that breaks, notifications may be lost until it
/// is back.
/// </summary>
/// <param name="connectionString">Its connection.</param>
/// <param name="channel">Where it listens.</param>
/// <param name="heard">Receives each notification.</param>
/// <param name="missed">Called when notifications may have been missed.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns of breaks.</param>
internal sealed class ChannelListener(
    string connectionString, string channel, Action<string> heard, Action missed, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private NpgsqlConnection? _connection;

    public bool IsListening => Volatile.Read(ref _connection) is not null;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            connection.Notification += Hear;
            await connection.ExecuteAsync($"LISTEN {channel}", cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        Volatile.Write(ref _connection, connection);
    }

    /// <summary>Listens until canceled. The connection must be open.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                while (true) await _connection!.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (PostgresFailure.IsKnown(exception))
            {
                Log.ListenerLost(logger, PostgresFailure.Translate(exception, "listen").Message);
            }

            await DisposeAsync().ConfigureAwait(false);
            missed();
            await ReconnectAsync(cancellationToken).ConfigureAwait(false);
            missed();
            Log.ListenerBack(logger);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection) await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await ConnectAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (PostgresFailure.IsKnown(exception))
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Hear(object? sender, NpgsqlNotificationEventArgs notification) => heard(notification.Payload);
}
