using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>A line of a log.</summary>
internal sealed record LogLine(LogLevel Level, int EventId, string Text, Exception? Exception);

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLogger : ILoggerFactory, ILogger
{
    public ConcurrentQueue<LogLine> Lines { get; } = new();

    public IEnumerable<LogLine> Errors => Lines.Where(line => line.Level >= LogLevel.Error);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(new LogLine(logLevel, eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
