using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network.Internal;

/// <summary>Makes the connection and the association of a <see cref="DicomClient"/>, and turns what can go wrong into its exceptions.</summary>
internal static class ClientConnection
{
    /// <summary>Opens the transport connection.</summary>
    public static async Task<Socket> ConnectAsync(DicomClientOptions options, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = IPAddress.TryParse(options.Host, out var address)
            ? new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (options.LocalEndPoint is { } local)
            {
                socket.Bind(local);
                options.Bound?.Invoke((IPEndPoint)socket.LocalEndPoint!);
            }

            if (address is not null)
                await socket.ConnectAsync(address, options.Port, either.Token);
            else
                await socket.ConnectAsync(options.Host, options.Port, either.Token);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw exception switch
            {
                SocketException error => new DicomNetworkException(
                    $"No connection to {options.Host} port {options.Port}: {error.SocketErrorCode}.", error)
                {
                    Kind = ConnectionFailureKind.Unreachable,
                },
                OperationCanceledException => new DicomNetworkException(
                    $"No connection to {options.Host} port {options.Port} within {UpperLayerText.Describe(options.ConnectTimeout)}.", exception)
                {
                    Kind = ConnectionFailureKind.Unreachable,
                },
                _ => exception,
            };
        }
    }

    /// <summary>Begins to receive, under TLS where that is asked for.</summary>
    /// <returns>The peer, with what TLS came to.</returns>
    public static async Task<AssociationPeer> StartAsync(UpperLayerConnection connection, DicomClientOptions options, AssociationPeer peer)
    {
        if (options.Tls is not { } tls)
        {
            connection.Start();
            return peer;
        }

        using var timeout = new CancellationTokenSource(options.ArtimTimeout, options.TimeProvider);
        try
        {
            var stream = await connection.StartTlsAsync(async (stream, ended) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, timeout.Token);
                return await TlsHandshake.ConnectAsync(stream, tls, options.Host, either.Token);
            });
            return peer with { Tls = TlsHandshake.Describe(stream) };
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !connection.Ended.IsCancellationRequested)
        {
            throw new DicomNetworkException(
                $"The server did not finish the TLS handshake within {UpperLayerText.Describe(options.ArtimTimeout)}; perhaps it speaks plain DICOM on this port.",
                exception)
            {
                Kind = ConnectionFailureKind.TlsHandshakeStalled,
            };
        }
    }

    /// <summary>Asks for the association and reads the answer.</summary>
    public static async Task<Association> AssociateAsync(
        UpperLayerConnection connection, DicomClientOptions options, AssociationPeer peer, DateTimeOffset startedUtc)
    {
        peer = await StartAsync(connection, options, peer);
        var request = new AAssociateRq
        {
            CalledAETitle = options.CalledAETitle,
            CallingAETitle = options.CallingAETitle,
            PresentationContexts = options.PresentationContexts,
            UserInformation = new UserInformation
            {
                MaximumLength = options.MaxPduLength,
                ImplementationClassUid = options.ImplementationClassUid,
                ImplementationVersionName = options.ImplementationVersionName,
                AsynchronousOperationsWindow = options.AsynchronousOperationsWindow,
                RoleSelections = options.RoleSelections,
                ExtendedNegotiations = options.ExtendedNegotiations,
                CommonExtendedNegotiations = options.CommonExtendedNegotiations,
                UserIdentity = options.UserIdentity,
            },
        };
        connection.Raise(UpperLayerEvent.Evt1);
        await connection.SendAsync(UpperLayerEvent.Evt2, request, options.ArtimTimeout);
        connection.StartTimer(
            options.ArtimTimeout, $"The peer did not answer the request for an association within {UpperLayerText.Describe(options.ArtimTimeout)}.");
        var answer = await connection.ReceiveAsync(patience: null, "");
        connection.StopTimer();
        if (answer is AAssociateRj rejection)
            throw new AssociationRejectedException(rejection);

        var response = (AAssociateAc)answer!;
        var negotiation = RequestorNegotiator.Read(request, response);
        return new Association
        {
            IsRequestor = true,
            Peer = peer,
            Request = request,
            Response = response,
            PresentationContexts = negotiation.Contexts,
            Framing = negotiation.Framing,
            StartedUtc = startedUtc,
        };
    }

    /// <summary>
    /// Runs part of an association. Whatever goes wrong ends the association, since nobody knows how much of a message has gone out:
    /// the one place where that is turned into what is sent and what is thrown.
    /// </summary>
    public static async Task<T> RunAsync<T>(
        UpperLayerConnection connection,
        Func<Task<T>> part,
        CancellationToken cancellationToken,
        ConnectionFailureKind kindOfExpiry = ConnectionFailureKind.Other)
    {
        await using var giveUp = cancellationToken.UnsafeRegister(
            static connection => ((UpperLayerConnection)connection!).RequestAbort("The caller gave up."), connection);
        try
        {
            return await part();
        }
        catch (DicomNetworkException)
        {
            throw;
        }
        catch (PduException offence)
        {
            connection.Abort(offence);
            throw new DicomNetworkException(Describe(offence), offence) { Kind = offence.Kind };
        }
        catch (OperationCanceledException) when (connection.Ended.IsCancellationRequested)
        {
            if (connection.StopReason is null && await connection.FindEndAsync() is { } end)
                throw end;
            connection.Abort();
            cancellationToken.ThrowIfCancellationRequested();
            throw new AssociationAbortedException(AssociationEnding.Aborted, connection.StopReason ?? "The association was aborted.")
            {
                Kind = kindOfExpiry,
            };
        }
        catch
        {
            connection.Abort();
            throw;
        }
    }

    private static string Describe(PduException offence) => offence.Kind switch
    {
        ConnectionFailureKind.PlainOnTlsPort => "The server wants TLS on this port, and we speak plain DICOM: switch TLS on for it, or ask for its plain port.",
        ConnectionFailureKind.Http => "The server speaks HTTP on this port, not DICOM: is it the port of its web pages?",
        ConnectionFailureKind.OtherProtocol => $"The server does not speak DICOM on this port. {offence.Message}",
        _ => $"The association was aborted: {offence.Message}",
    };
}
