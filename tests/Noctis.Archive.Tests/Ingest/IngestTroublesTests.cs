using Microsoft.Extensions.Logging;
using Noctis.Archive.Ingest;
using Noctis.Archive.Tests.Studies;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>What the log says of objects that cannot be taken: enough to act on, and not once for each.</summary>
public sealed class IngestTroublesTests
{
    private static readonly Guid Facility = Guid.CreateVersion7(), Neighbour = Guid.CreateVersion7();
    private static readonly IOException Full = new("No space left on device", 28), Broken = new("Input/output error", 5);

    private readonly ManualTime _time = new();
    private readonly RecordingLogger _log = new();
    private readonly IngestTroubles _troubles;

    public IngestTroublesTests() => _troubles = new IngestTroubles(_time, _log);

    [Fact]
    public void Refused_AgainAndAgain_IsSaidAtTheBeginningEveryTenMinutesAndAtTheEnd()
    {
        for (int i = 0; i < 1000; i++) Refuse(Facility, Full);
        Assert.Equal([(4300, LogLevel.Error)], _log.Take());

        _time.Advance(TimeSpan.FromMinutes(10));
        for (int i = 0; i < 1000; i++) Refuse(Facility, Full);
        Assert.Contains(_log.Texts, text => text.Contains("still refused, 1001 since", StringComparison.Ordinal));
        Assert.Equal([(4305, LogLevel.Warning)], _log.Take());

        _time.Advance(TimeSpan.FromSeconds(30));
        _troubles.Stored(Facility);
        _troubles.Stored(Facility);
        Assert.Contains(_log.Texts, text => text.Contains("stored again; 2000 were refused", StringComparison.Ordinal));
        Assert.Equal([(4306, LogLevel.Information)], _log.Take());

        Refuse(Facility, Full);
        Assert.Equal([(4300, LogLevel.Error)], _log.Take());
    }

    [Fact]
    public void Stored_BesideLargerOnesThatAreRefused_IsNotTheEnd()
    {
        Refuse(Facility, Full);
        _troubles.Stored(Facility);
        Refuse(Facility, Full);
        _time.Advance(TimeSpan.FromMinutes(5));
        _troubles.Stored(Neighbour);

        Assert.Equal([(4300, LogLevel.Error)], _log.Take());
    }

    [Fact]
    public void Refused_ForAnotherReasonOrByAnotherFacility_IsSaidAnew()
    {
        Refuse(Facility, Full);
        Refuse(Facility, Broken);
        Refuse(Neighbour, Broken);

        Assert.Equal(3, _log.Take().Count);
        // A full disk needs no stack; what nobody foresaw does.
        Assert.Equal([null, Broken, Broken], _log.Exceptions);
    }

    private void Refuse(Guid facility, IOException cause)
    {
        IngestError error = IngestError.StorageFailed(cause);
        Assert.Same(error, _troubles.Refused(facility, error, cause));
    }

    private sealed class RecordingLogger : ILogger<IngestTroubles>
    {
        private readonly List<(int Id, LogLevel Level)> _lines = [];

        public List<string> Texts { get; } = [];

        public List<Exception?> Exceptions { get; } = [];

        public List<(int Id, LogLevel Level)> Take()
        {
            List<(int, LogLevel)> taken = [.. _lines];
            _lines.Clear();
            return taken;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _lines.Add((eventId.Id, logLevel));
            Texts.Add(formatter(state, exception));
            Exceptions.Add(exception);
        }
    }
}
