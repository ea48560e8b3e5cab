namespace Noctis.Dicom.Tests.Network.Pdus;

/// <summary>PDUs byte for byte, each with its decode.</summary>
internal static class PduSamples
{
    /// <summary>Sent by echoscu of DCMTK 3.6.7, whose reserved byte in the presentation context is FFH.</summary>
    public static readonly byte[] DcmtkEchoRq = WireBytes.Parse("""
        01 00 000000CD                          // A-ASSOCIATE-RQ, 205 bytes
        0001 0000                               // protocol version 1, reserved
        'CENTRALHOSP1A2B '                      // called AE title
        'CT_ROOM_2       '                      // calling AE title
        0000000000000000 0000000000000000       // reserved
        0000000000000000 0000000000000000
        10 00 0015 '1.2.840.10008.3.1.1.1'      // application context name
        20 00 002E                              // presentation context, 46 bytes
          01 00 FF 00                           //   id 1, reserved
          30 00 0011 '1.2.840.10008.1.1'        //   abstract syntax: Verification
          40 00 0011 '1.2.840.10008.1.2'        //   transfer syntax: Implicit VR Little Endian
        50 00 003A                              // user information, 58 bytes
          51 00 0004 00004000                   //   maximum length 16384
          52 00 001B '1.2.276.0.7230010.3.0.3.6.7'
          55 00 000F 'OFFIS_DCMTK_367'          //   implementation version name
        """);

    /// <summary>Every item and sub-item of a request once, and two of unknown types.</summary>
    public static readonly byte[] FullRq = WireBytes.Parse("""
        01 00 000001E0                          // A-ASSOCIATE-RQ, 480 bytes
        0001 0000                               // protocol version 1, reserved
        'NOCTIS_SERVER   '                      // called AE title
        'PEER            '                      // calling AE title
        0000000000000000 0000000000000000       // reserved
        0000000000000000 0000000000000000
        10 00 0015 '1.2.840.10008.3.1.1.1'      // application context name
        20 00 004D                              // presentation context, 77 bytes
          01 000000                             //   id 1, reserved
          30 00 0019 '1.2.840.10008.5.1.4.1.1.2'  // abstract syntax: CT Image Storage
          40 00 0013 '1.2.840.10008.1.2.1'      //   transfer syntax: Explicit VR Little Endian
          40 00 0011 '1.2.840.10008.1.2'        //   transfer syntax: Implicit VR Little Endian
        20 00 0038                              // presentation context, 56 bytes
          03 000000                             //   id 3, reserved
          30 00 001B '1.2.840.10008.5.1.4.1.2.2.1'  // abstract syntax: Study Root Find
          40 00 0011 '1.2.840.10008.1.2'        //   transfer syntax: Implicit VR Little Endian
        50 00 00EB                              // user information, 235 bytes
          51 00 0004 00040000                   //   maximum length 262144
          52 00 0017 '1.2.826.0.1.3680043.9.1'  //   implementation class UID
          53 00 0004 0004 0000                  //   asynchronous operations: 4 invoked, unlimited performed
          54 00 001D                            //   role selection, 29 bytes
            0019 '1.2.840.10008.5.1.4.1.1.2'    //     CT Image Storage
            00 01                               //     not SCU, SCP
          55 00 0006 'PEER_1'                   //   implementation version name
          56 00 0020                            //   SOP class extended negotiation, 32 bytes
            001B '1.2.840.10008.5.1.4.1.2.2.1'  //     Study Root Find
            01 01 00                            //     application information
          57 00 0053                            //   SOP class common extended negotiation, 83 bytes
            001D '1.2.840.10008.5.1.4.1.1.88.33'  //   Comprehensive SR
            0011 '1.2.840.10008.4.2'            //     Storage service class
            001F                                //     related general SOP classes, 31 bytes
              001D '1.2.840.10008.5.1.4.1.1.88.22'  // Enhanced SR
          58 00 0010                            //   user identity, 16 bytes
            02 01                               //     user name and passcode, positive response requested
            0004 'anna'                         //     primary field
            0006 'secret'                       //     secondary field
          7F 00 0002 CAFE                       //   unknown sub-item
        60 00 0003 010203                       // unknown item
        """);

    /// <summary>Every item and sub-item of an acceptance once.</summary>
    public static readonly byte[] FullAc = WireBytes.Parse("""
        02 00 00000100                          // A-ASSOCIATE-AC, 256 bytes
        0001 0000                               // protocol version 1, reserved
        'NOCTIS_SERVER   '                      // called AE title, sent back
        'PEER            '                      // calling AE title, sent back
        0000000000000000 0000000000000000       // reserved, sent back
        0000000000000000 0000000000000000
        10 00 0015 '1.2.840.10008.3.1.1.1'      // application context name
        21 00 001B                              // presentation context, 27 bytes
          01 00 00 00                           //   id 1, acceptance
          40 00 0013 '1.2.840.10008.1.2.1'      //   transfer syntax: Explicit VR Little Endian
        21 00 0019                              // presentation context, 25 bytes
          03 00 03 00                           //   id 3, abstract syntax not supported
          40 00 0011 '1.2.840.10008.1.2'        //   not significant
        50 00 0063                              // user information, 99 bytes
          51 00 0004 00000000                   //   maximum length: no limit
          52 00 0017 '1.2.826.0.1.3680043.9.1'  //   implementation class UID
          53 00 0004 0001 0001                  //   asynchronous operations: 1 invoked, 1 performed
          54 00 001D                            //   role selection, 29 bytes
            0019 '1.2.840.10008.5.1.4.1.1.2'    //     CT Image Storage
            00 01                               //     not SCU, SCP
          55 00 000A 'NOCTIS_0_1'               //   implementation version name
          59 00 0005                            //   user identity, 5 bytes
            0003 'tok'                          //     server response
        """);

    public static readonly byte[] Rj = WireBytes.Parse("""
        03 00 00000004                          // A-ASSOCIATE-RJ, 4 bytes
        00 01 01 07                             // reserved, permanent, by the user, called AE title not recognized
        """);

    /// <summary>Two presentation data values: a whole command, and the first fragment of its data set.</summary>
    public static readonly byte[] Data = WireBytes.Parse("""
        04 00 00000014                          // P-DATA-TF, 20 bytes
        00000006 01 03 'CMND'                   // 6 bytes, context 1, command, last
        00000006 01 00 'DATA'                   // 6 bytes, context 1, data set, not last
        """);

    public static readonly byte[] ReleaseRq = WireBytes.Parse("""
        05 00 00000004                          // A-RELEASE-RQ, 4 bytes
        00000000                                // reserved
        """);

    public static readonly byte[] ReleaseRp = WireBytes.Parse("""
        06 00 00000004                          // A-RELEASE-RP, 4 bytes
        00000000                                // reserved
        """);

    public static readonly byte[] Abort = WireBytes.Parse("""
        07 00 00000004                          // A-ABORT, 4 bytes
        0000 02 06                              // reserved, by the provider, invalid PDU parameter value
        """);

    /// <summary>Names and bytes of all samples.</summary>
    public static readonly Dictionary<string, byte[]> All = new()
    {
        [nameof(DcmtkEchoRq)] = DcmtkEchoRq,
        [nameof(FullRq)] = FullRq,
        [nameof(FullAc)] = FullAc,
        [nameof(Rj)] = Rj,
        [nameof(Data)] = Data,
        [nameof(ReleaseRq)] = ReleaseRq,
        [nameof(ReleaseRp)] = ReleaseRp,
        [nameof(Abort)] = Abort,
    };

    /// <summary>For theories over all samples.</summary>
    public static TheoryData<string> Names => [.. All.Keys];
}
