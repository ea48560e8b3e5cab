using Noctis.Archive.Journal;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Explaining;
using Noctis.Gateway.Listeners;
using Noctis.Testing;

namespace Noctis.Gateway.Tests.Explaining;

public sealed class FailureCodesTests
{
    [Fact]
    public void Codes_Each_IsProducedSomewhere()
    {
        var sources = string.Concat(new[] { "Noctis.Gateway", "Noctis.Archive/Ingest", "Noctis.Archive/Quarantine" }
            .Select(folder => Path.Combine(Repository.Root, "src", folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) != "RejectionCodes.cs")
            .Select(File.ReadAllText));

        // A code that nothing can produce has a paragraph in the guide that nobody ever needs.
        Assert.DoesNotContain(Enum.GetValues<JournalCode>(), code => !sources.Contains($"JournalCode.{code}", StringComparison.Ordinal));
    }

    [Fact]
    public void Explain_EveryKindOfFailure_HasACodeAndASentence()
    {
        // As requestor only, or never explained.
        ConnectionFailureKind[] apart = [ConnectionFailureKind.ClosedUnused, ConnectionFailureKind.Unreachable, ConnectionFailureKind.NoAnswer];

        foreach (var kind in Enum.GetValues<ConnectionFailureKind>().Except(apart))
        {
            var (code, sentence) = FailedConnections.Explain(
                new ConnectionFailure(AssociationEnding.Aborted, "It ended.", TimeSpan.Zero, 1) { Kind = kind }, Door.Of(Guid.NewGuid()));

            Assert.NotEqual(JournalCode.None, code);
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            // The bare end tells nobody what to do.
            Assert.NotEqual("It ended.", sentence);
        }
    }

    [Theory]
    [InlineData(ConnectionFailureKind.Silent)]
    [InlineData(ConnectionFailureKind.RequestIncomplete)]
    [InlineData(ConnectionFailureKind.TlsCertificateMissing)]
    public void Explain_SentenceOfTheToolkit_SaysDeviceAndNotPeer(ConnectionFailureKind kind)
    {
        var sentence = FailedConnections.Explain(
            new ConnectionFailure(AssociationEnding.Aborted, "The peer presents none, and only peers with one are taken; the peer's peerage stands.", TimeSpan.Zero, 1) { Kind = kind },
            Door.Of(Guid.NewGuid())).Sentence;

        Assert.StartsWith("The device presents none, and only devices with one are taken; the device's peerage stands. ", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConnectionFailureKind.Stopped, JournalCode.ServerStopping)]
    [InlineData(ConnectionFailureKind.InternalError, JournalCode.InternalError)]
    [InlineData(ConnectionFailureKind.PlainOnTlsPort, JournalCode.TlsExpected)]
    [InlineData(ConnectionFailureKind.TooManyConnections, JournalCode.LimitReached)]
    public void CodeOf_RejectionOfTheNetwork_GoesByItsKind(ConnectionFailureKind kind, JournalCode code) =>
        Assert.Equal(code, NetworkRejections.CodeOf(
            new AssociateRejection(AssociateRejectResult.RejectedTransient, AssociateRejectReason.TemporaryCongestion, "") { Kind = kind }));

    [Theory]
    [InlineData(ConnectionFailureKind.Stopped, AssociationEnding.Aborted, JournalCode.ServerStopping)]
    [InlineData(ConnectionFailureKind.InternalError, AssociationEnding.Aborted, JournalCode.InternalError)]
    [InlineData(ConnectionFailureKind.RequestIncomplete, AssociationEnding.Aborted, JournalCode.TimedOut)]
    [InlineData(ConnectionFailureKind.InvalidRequest, AssociationEnding.Aborted, JournalCode.ProtocolError)]
    [InlineData(ConnectionFailureKind.Other, AssociationEnding.ConnectionLost, JournalCode.ConnectionLost)]
    [InlineData(ConnectionFailureKind.Other, AssociationEnding.AbortedByPeer, JournalCode.PeerAborted)]
    public void Broken_Association_GoesByItsEndAndSaysWhatToDo(ConnectionFailureKind kind, AssociationEnding ending, JournalCode code)
    {
        var (found, sentence) = EndedAssociations.Broken(new AssociationSummary
        {
            Ending = ending,
            Kind = kind,
            Reason = "It ended.",
            Duration = TimeSpan.Zero,
            BytesReceived = 1,
            BytesSent = 1,
            Operations = 0,
            FailedOperations = 0,
        });

        Assert.Equal(code, found);
        Assert.StartsWith("It ended. ", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xC000, "Study Instance UID (0020,000D) is missing", JournalCode.ObjectInvalid)]
    [InlineData(0x0122, "SOP class is not that of the presentation context.", JournalCode.ObjectInvalid)]
    [InlineData(0x0211, "The operation is not offered in this presentation context.", JournalCode.NoPresentationContext)]
    [InlineData(0x0110, null, JournalCode.InternalError)]
    public void Explain_OperationThatFailed_SaysWhatItWasAndWhatToDo(int status, string? comment, JournalCode code)
    {
        var operation = new OperationSummary { Command = CommandField.CStoreRequest, Comment = comment, StartedUtc = default, Duration = default };

        var (found, sentence) = FailedOperations.Explain(operation, new DicomStatus((ushort)status), refusal: null);

        Assert.Equal(code, found);
        Assert.Matches($@"^{System.Text.RegularExpressions.Regex.Escape(comment?.TrimEnd('.') ?? "Answered with")}.* {status:X4} [^.]*\. [A-Z].*\.$", sentence);
        Assert.DoesNotContain(". (", sentence, StringComparison.Ordinal);
        Assert.InRange(sentence.Length, 1, JournalEntry.ReasonLength);
    }
}
