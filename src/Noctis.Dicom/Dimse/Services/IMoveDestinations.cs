using Noctis.Dicom.Network;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>Knows where the destinations of C-MOVE are (PS3.4 C.4.2.1.5). Called from many associations at once: thread safe.</summary>
public interface IMoveDestinations
{
    /// <summary>Finds a destination.</summary>
    /// <param name="aeTitle">The AE title asked for.</param>
    /// <param name="association">The association on which it was asked for: not everybody may send everywhere.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <returns>
    /// How to reach it; the presentation contexts are filled in later. Null when it is not known: answered with A801, move destination unknown.
    /// </returns>
    ValueTask<DicomClientOptions?> FindAsync(string aeTitle, Association association, CancellationToken cancellationToken);
}
