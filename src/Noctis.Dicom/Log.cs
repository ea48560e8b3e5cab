using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;

namespace Noctis.Dicom;

/// <summary>What the toolkit says: 1000 network, 2000 DIMSE, 3000 files. Never patient data, and no UID of an instance.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Debug, "Listening at {EndPoint}")]
    public static partial void Listening(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(1001, LogLevel.Debug, "No longer listening at {EndPoint}")]
    public static partial void ListeningEnded(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(1002, LogLevel.Error, "A connection could not be accepted at {EndPoint}; listening goes on")]
    public static partial void AcceptFailed(ILogger logger, Exception exception, IPEndPoint endPoint);

    [LoggerMessage(1003, LogLevel.Information, "Connection from {Peer} ended without an association: {Reason}")]
    public static partial void ConnectionFailed(ILogger logger, IPEndPoint peer, string reason);

    [LoggerMessage(1004, LogLevel.Information,
        "Association {CallingAETitle} to {CalledAETitle} from {Peer} rejected: {Reason} (result {Result}, source {Source}, reason {ReasonCode})")]
    public static partial void AssociationRejected(
        ILogger logger, string callingAETitle, string calledAETitle, IPEndPoint peer, string reason, byte result, byte source, byte reasonCode);

    [LoggerMessage(1005, LogLevel.Debug, "Association {Association} from {Peer} accepted")]
    public static partial void AssociationAccepted(ILogger logger, Association association, IPEndPoint peer);

    [LoggerMessage(EventId = 1006, Message = "Association {Association} from {Peer} ended: {Reason}")]
    public static partial void AssociationEnded(ILogger logger, LogLevel level, Association association, IPEndPoint peer, string reason);

    [LoggerMessage(1007, LogLevel.Error, "The connection from {Peer} was ended because of an error on our side")]
    public static partial void SessionFailed(ILogger logger, Exception exception, IPEndPoint peer);

    [LoggerMessage(1008, LogLevel.Error, "Admission failed for the peer at {Peer}, which was turned away as if we were congested")]
    public static partial void AdmissionFailed(ILogger logger, Exception exception, IPEndPoint peer);

    [LoggerMessage(1009, LogLevel.Error, "An observer of associations failed")]
    public static partial void ObserverFailed(ILogger logger, Exception exception);

    [LoggerMessage(1100, LogLevel.Debug, "TLS with {Peer}: {Protocol}, {CipherSuite}")]
    public static partial void TlsEstablished(ILogger logger, IPEndPoint peer, SslProtocols protocol, TlsCipherSuite cipherSuite);

    [LoggerMessage(2000, LogLevel.Information, "{Command} of {SOPClassUID} on association {Association} answered with {Status}: {Comment}")]
    public static partial void OperationFailed(
        ILogger logger, CommandField command, string? sopClassUID, Association association, DicomStatus status, string? comment);

    [LoggerMessage(2001, LogLevel.Error, "The service for {Command} of {SOPClassUID} failed on association {Association}")]
    public static partial void ServiceFailed(
        ILogger logger, Exception exception, CommandField command, string? sopClassUID, Association association);

    [LoggerMessage(2002, LogLevel.Error, "The service for {Command} ended without an answer on association {Association}")]
    public static partial void ServiceSilent(ILogger logger, CommandField command, Association association);

    [LoggerMessage(2003, LogLevel.Information, "C-MOVE to {Destination} for {Association} did not reach all of it: {Reason}")]
    public static partial void MoveDestinationFailed(ILogger logger, string destination, Association association, string reason);
}
