using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Tests.Network.StateMachine;

public class StateTableTests
{
    /// <summary>
    /// PS3.8 9.2.3, Table 9-10, written out state by state: each event that is not blank, with its action. The product holds it event by
    /// event, so that a slip of the pen would have to be made twice, in two directions.
    /// </summary>
    private const string Table910 = """
        Sta1:  1 AE-1, 5 AE-5
        Sta2:  3 AA-1, 4 AA-1, 6 AE-6, 10 AA-1, 12 AA-1, 13 AA-1, 16 AA-2, 17 AA-5, 18 AA-2, 19 AA-1
        Sta3:  3 AA-8, 4 AA-8, 6 AA-8, 7 AE-7, 8 AE-8, 10 AA-8, 12 AA-8, 13 AA-8, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta4:  2 AE-2, 15 AA-2, 17 AA-4
        Sta5:  3 AE-3, 4 AE-4, 6 AA-8, 10 AA-8, 12 AA-8, 13 AA-8, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta6:  3 AA-8, 4 AA-8, 6 AA-8, 9 DT-1, 10 DT-2, 11 AR-1, 12 AR-2, 13 AA-8, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta7:  3 AA-8, 4 AA-8, 6 AA-8, 10 AR-6, 12 AR-8, 13 AR-3, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta8:  3 AA-8, 4 AA-8, 6 AA-8, 9 AR-7, 10 AA-8, 12 AA-8, 13 AA-8, 14 AR-4, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta9:  3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AA-8, 14 AR-9, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta10: 3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AR-10, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta11: 3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AR-3, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta12: 3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AA-8, 14 AR-4, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8
        Sta13: 3 AA-6, 4 AA-6, 6 AA-7, 10 AA-6, 12 AA-6, 13 AA-6, 16 AA-2, 17 AR-5, 18 AA-2, 19 AA-7
        """;

    /// <summary>PS3.8 9.2.2, Tables 9-6 to 9-9: the state that follows each action, and the one of its other branch.</summary>
    private const string Actions = """
        AE-1 Sta4, AE-2 Sta5, AE-3 Sta6, AE-4 Sta1, AE-5 Sta2, AE-6 Sta3/Sta13, AE-7 Sta6, AE-8 Sta13,
        DT-1 Sta6, DT-2 Sta6,
        AR-1 Sta7, AR-2 Sta8, AR-3 Sta1, AR-4 Sta13, AR-5 Sta1, AR-6 Sta7, AR-7 Sta8, AR-8 Sta9/Sta10, AR-9 Sta11, AR-10 Sta12,
        AA-1 Sta13, AA-2 Sta1, AA-3 Sta1, AA-4 Sta1, AA-5 Sta1, AA-6 Sta13, AA-7 Sta13, AA-8 Sta13
        """;

    private static readonly Dictionary<(string State, string Event), string> Cells = (
        from line in Table910.Split('\n', StringSplitOptions.TrimEntries)
        let state = line.Split(':')[0]
        from cell in line.Split(':')[1].Split(',', StringSplitOptions.TrimEntries)
        let words = cell.Split(' ')
        select (Key: (state, "Evt" + words[0]), Action: words[1])).ToDictionary(cell => cell.Key, cell => cell.Action);

    private static readonly Dictionary<string, string[]> NextStates = Actions
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(entry => entry.Split(' '))
        .ToDictionary(words => words[0], words => words[1].Split('/'));

    public static TheoryData<UpperLayerState, UpperLayerEvent> AllCells
    {
        get
        {
            var cells = new TheoryData<UpperLayerState, UpperLayerEvent>();
            foreach (var state in Enum.GetValues<UpperLayerState>())
            {
                foreach (var upperLayerEvent in Enum.GetValues<UpperLayerEvent>())
                    cells.Add(state, upperLayerEvent);
            }

            return cells;
        }
    }

    [Fact]
    public void AllCells_Number_Is13StatesBy19Events()
    {
        Assert.Equal(13 * 19, AllCells.Count);
        Assert.Equal(28, NextStates.Count);
        Assert.Equal(Enum.GetValues<UpperLayerAction>().Select(Name), NextStates.Keys);
    }

    [Theory]
    [MemberData(nameof(AllCells))]
    public void Lookup_EveryCell_IsThatOfTable910(UpperLayerState state, UpperLayerEvent upperLayerEvent)
    {
        var transition = StateTable.Lookup(state, upperLayerEvent);

        if (!Cells.TryGetValue((state.ToString(), upperLayerEvent.ToString()), out var action))
        {
            Assert.Null(transition);
            return;
        }

        Assert.NotNull(transition);
        Assert.Equal(action, Name(transition.Value.Action));
        Assert.Equal(NextStates[action][0], transition.Value.NextState.ToString());
        Assert.Equal(NextStates[action][^1], transition.Value.OtherwiseNextState.ToString());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(14, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 20)]
    public void Lookup_OutsideTheTable_Throws(byte state, byte upperLayerEvent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StateTable.Lookup((UpperLayerState)state, (UpperLayerEvent)upperLayerEvent));

    private static string Name(UpperLayerAction action) => action.ToString().Insert(2, "-");
}
