namespace Noctis.Archive.Storage;

/// <summary>
/// Flushes directories, once for all who wait: sixteen files of one series that were named at the same time need one flush
/// of their folder, not sixteen. A caller whose name was given before a flush began is served by that flush or a later one.
/// Thread safe; blocks its caller.
/// </summary>
internal sealed class DirectoryFlusher(IFileSystem files)
{
    private readonly Dictionary<string, Line> _lines = [];

    public void Flush(string directory)
    {
        long upTo;
        Line line;
        lock (_lines)
        {
            if (!_lines.TryGetValue(directory, out line!)) _lines[directory] = line = new Line();
            long mine = ++line.Asked;
            while (line.Running && line.Done < mine) Monitor.Wait(_lines);
            if (line.Done >= mine) return;
            line.Running = true;
            upTo = line.Asked;
        }

        bool flushed = false;
        try
        {
            files.FlushDirectory(directory);
            flushed = true;
        }
        finally
        {
            lock (_lines)
            {
                // After a failure nobody is served: the next in line tries, and hears of it, itself.
                if (flushed) line.Done = upTo;
                line.Running = false;
                if (line.Done == line.Asked) _lines.Remove(directory);
                Monitor.PulseAll(_lines);
            }
        }
    }

    private sealed class Line
    {
        public long Asked;
        public long Done;
        public bool Running;
    }
}
