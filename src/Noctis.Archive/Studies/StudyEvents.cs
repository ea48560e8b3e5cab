using Microsoft.Extensions.Logging;
using Noctis.Archive.Ingest;

namespace Noctis.Archive.Studies;

/// <summary>
/// Tells pages of this process what arrived or went, after it is committed. The first image is told at once; those that follow
/// within half a second are told together, so that a flood of images is a trickle of messages. Thread safe.
/// </summary>
public sealed class StudyEvents : IDisposable
{
    /// <summary>Fast enough to look live, slow enough for a page to draw in between.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Channel> _channels = [];
    private readonly TimeProvider _time;
    private readonly ILogger<StudyEvents> _logger;

    public StudyEvents(TimeProvider time, ILogger<StudyEvents> logger) => (_time, _logger) = (time, logger);

    /// <summary>Calls back for what arrives at the scope's facility until the subscription is disposed of. Called on a thread of the pool, one message at a time.</summary>
    public IDisposable Subscribe(FacilityScope scope, Action<StudiesChanged> onChanged)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(onChanged);
        lock (_gate)
        {
            if (!_channels.TryGetValue(scope.FacilityId, out Channel? channel))
                _channels[scope.FacilityId] = channel = new Channel(this, scope.FacilityId);
            return channel.Add(onChanged);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Channel channel in _channels.Values) channel.Dispose();
            _channels.Clear();
        }
    }

    internal void Publish(IEnumerable<(IndexEntry Entry, IndexedInstance Outcome)> indexed)
    {
        lock (_gate)
        {
            if (_channels.Count == 0) return;
            foreach ((IndexEntry entry, IndexedInstance outcome) in indexed)
            {
                if (_channels.TryGetValue(entry.FacilityId, out Channel? channel)) channel.Note(outcome);
            }
        }
    }

    /// <summary>For what people and jobs do to studies.</summary>
    internal void Publish(Guid facilityId, IReadOnlyCollection<long>? added = null, IReadOnlyCollection<long>? changed = null, IReadOnlyCollection<long>? removed = null)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(facilityId, out Channel? channel)) channel.Note(added ?? [], changed ?? [], removed ?? []);
        }
    }

    /// <summary>One facility's subscribers and what they have not been told yet. Guarded by the gate.</summary>
    private sealed class Channel : IDisposable
    {
        private readonly StudyEvents _owner;
        private readonly Guid _facilityId;
        private readonly List<Action<StudiesChanged>> _subscribers = [];
        private readonly ITimer _timer;
        private HashSet<long> _new = [];
        private HashSet<long> _changed = [];
        private HashSet<long> _removed = [];
        private int _images;
        private bool _telling;

        public Channel(StudyEvents owner, Guid facilityId)
        {
            (_owner, _facilityId) = (owner, facilityId);
            _timer = owner._time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public IDisposable Add(Action<StudiesChanged> subscriber)
        {
            _subscribers.Add(subscriber);
            return new Subscription(this, subscriber);
        }

        public void Note(IndexedInstance outcome)
        {
            _images++;
            if (outcome.IsNewStudy) _new.Add(outcome.StudyId);
            else if (!_new.Contains(outcome.StudyId)) _changed.Add(outcome.StudyId);
            TellSoon();
        }

        public void Note(IReadOnlyCollection<long> added, IReadOnlyCollection<long> changed, IReadOnlyCollection<long> removed)
        {
            _new.UnionWith(added);
            _changed.UnionWith(changed);
            _removed.ExceptWith(added);
            _removed.UnionWith(removed);
            _new.ExceptWith(removed);
            _changed.ExceptWith(removed);
            if (!IsQuiet) TellSoon();
        }

        public void Dispose() => _timer.Dispose();

        private bool IsQuiet => _images == 0 && _new.Count == 0 && _changed.Count == 0 && _removed.Count == 0;

        private void TellSoon()
        {
            if (_telling) return;
            _telling = true;
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        private void Tell()
        {
            StudiesChanged message;
            Action<StudiesChanged>[] subscribers;
            lock (_owner._gate)
            {
                if (IsQuiet)
                {
                    // Nothing for an interval: the next image is told at once again.
                    _telling = false;
                    return;
                }

                message = new StudiesChanged(_facilityId, _new, _changed, _images) { RemovedStudyIds = _removed };
                (_new, _changed, _removed, _images) = ([], [], [], 0);
                subscribers = [.. _subscribers];
            }

            foreach (Action<StudiesChanged> subscriber in subscribers)
            {
                try
                {
                    subscriber(message);
                }
                catch (Exception e)
                {
                    // One page's trouble is not another's.
                    Log.SubscriberFailed(_owner._logger, e, _facilityId);
                }
            }

            // Only now, so that a slow subscriber is not called again while it is still busy.
            lock (_owner._gate)
            {
                if (_subscribers.Count > 0) _timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }

        private void Remove(Action<StudiesChanged> subscriber)
        {
            lock (_owner._gate)
            {
                _subscribers.Remove(subscriber);
                if (_subscribers.Count > 0 || !_owner._channels.TryGetValue(_facilityId, out Channel? current) || current != this) return;
                _owner._channels.Remove(_facilityId);
                _timer.Dispose();
            }
        }

        private sealed class Subscription(Channel channel, Action<StudiesChanged> subscriber) : IDisposable
        {
            private int _disposed;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _disposed, 1) == 0) channel.Remove(subscriber);
            }
        }
    }
}
