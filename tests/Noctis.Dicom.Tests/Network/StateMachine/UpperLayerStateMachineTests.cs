using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;
using static Noctis.Dicom.Network.StateMachine.UpperLayerAction;
using static Noctis.Dicom.Network.StateMachine.UpperLayerEvent;
using static Noctis.Dicom.Network.StateMachine.UpperLayerState;

namespace Noctis.Dicom.Tests.Network.StateMachine;

public class UpperLayerStateMachineTests
{
    [Fact]
    public void Acceptor_FromConnectionToRelease_EndsIdle()
    {
        var machine = new UpperLayerStateMachine(isRequestor: false);

        Assert.Equal(Sta1, machine.State);
        AssertRaise(machine, Evt5, AE5, Sta2);
        AssertRaise(machine, Evt6, AE6, Sta3);
        AssertRaise(machine, Evt7, AE7, Sta6);
        AssertRaise(machine, Evt10, DT2, Sta6);
        AssertRaise(machine, Evt9, DT1, Sta6);
        AssertRaise(machine, Evt12, AR2, Sta8);
        AssertRaise(machine, Evt14, AR4, Sta13);
        AssertRaise(machine, Evt17, AR5, Sta1);
    }

    [Fact]
    public void Requestor_FromConnectionToRelease_EndsIdle()
    {
        var machine = new UpperLayerStateMachine(isRequestor: true);

        AssertRaise(machine, Evt1, AE1, Sta4);
        AssertRaise(machine, Evt2, AE2, Sta5);
        AssertRaise(machine, Evt3, AE3, Sta6);
        AssertRaise(machine, Evt11, AR1, Sta7);
        AssertRaise(machine, Evt10, AR6, Sta7);
        AssertRaise(machine, Evt13, AR3, Sta1);
    }

    [Fact]
    public void Acceptor_RequestNotAcceptableByProvider_WaitsForTheClose()
    {
        var machine = new UpperLayerStateMachine(isRequestor: false);
        machine.Raise(Evt5);

        Assert.Equal(AE6, machine.Raise(Evt6, acceptableByProvider: false));
        Assert.Equal(Sta13, machine.State);
    }

    [Fact]
    public void ReleaseCollision_RequestorSide_AnswersFirst()
    {
        var machine = Established(isRequestor: true);

        AssertRaise(machine, Evt11, AR1, Sta7);
        AssertRaise(machine, Evt12, AR8, Sta9);
        AssertRaise(machine, Evt14, AR9, Sta11);
        AssertRaise(machine, Evt13, AR3, Sta1);
    }

    [Fact]
    public void ReleaseCollision_AcceptorSide_WaitsFirst()
    {
        var machine = Established(isRequestor: false);

        AssertRaise(machine, Evt11, AR1, Sta7);
        AssertRaise(machine, Evt12, AR8, Sta10);
        AssertRaise(machine, Evt13, AR10, Sta12);
        AssertRaise(machine, Evt14, AR4, Sta13);
    }

    [Fact]
    public void Raise_BlankCell_ThrowsAndStays()
    {
        var machine = new UpperLayerStateMachine(isRequestor: false);

        Assert.False(machine.CanRaise(Evt9));
        Assert.Throws<InvalidOperationException>(() => machine.Raise(Evt9));
        Assert.Equal(Sta1, machine.State);
        Assert.True(machine.CanRaise(Evt5));
    }

    [Theory]
    [InlineData(PduType.AAssociateRq, Evt6)]
    [InlineData(PduType.AAssociateAc, Evt3)]
    [InlineData(PduType.AAssociateRj, Evt4)]
    [InlineData(PduType.PDataTf, Evt10)]
    [InlineData(PduType.AReleaseRq, Evt12)]
    [InlineData(PduType.AReleaseRp, Evt13)]
    [InlineData(PduType.AAbort, Evt16)]
    [InlineData((PduType)8, Evt19)]
    public void ToReceivedEvent_EachPdu_IsThatOfTable910(PduType type, UpperLayerEvent expected) =>
        Assert.Equal(expected, type.ToReceivedEvent());

    private static UpperLayerStateMachine Established(bool isRequestor)
    {
        var machine = new UpperLayerStateMachine(isRequestor);
        UpperLayerEvent[] events = isRequestor ? [Evt1, Evt2, Evt3] : [Evt5, Evt6, Evt7];
        foreach (var upperLayerEvent in events)
            machine.Raise(upperLayerEvent);
        Assert.Equal(Sta6, machine.State);
        return machine;
    }

    private static void AssertRaise(
        UpperLayerStateMachine machine, UpperLayerEvent upperLayerEvent, UpperLayerAction action, UpperLayerState state)
    {
        Assert.Equal(action, machine.Raise(upperLayerEvent));
        Assert.Equal(state, machine.State);
    }
}
