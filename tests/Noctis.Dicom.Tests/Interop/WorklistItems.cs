using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>Two scheduled procedure steps, for our provider and, as files, for those of others.</summary>
internal static class WorklistItems
{
    /// <summary>In Latin-1, since some providers send items as they are.</summary>
    public static IReadOnlyList<DicomDataset> All { get; } =
    [
        Item("Müller^Jürgen", "PH-0002", "CT", "CT1", "20260401", "S1"),
        Item("Phantom^Paula", "PH-0001", "MR", "MR1", "20260402", "S2"),
    ];

    /// <summary>What to ask for: steps of a modality, and what is wanted of each.</summary>
    public static DicomDataset Query(string modality) => new DicomDataset()
        .SetEmpty(DicomTag.PatientName)
        .SetEmpty(DicomTag.PatientID)
        .SetEmpty(DicomTag.AccessionNumber)
        .SetSequence(
            DicomTag.ScheduledProcedureStepSequence,
            new DicomDataset()
                .SetString(DicomTag.Modality, modality)
                .SetEmpty(DicomTag.ScheduledStationAETitle)
                .SetString(DicomTag.ScheduledProcedureStepStartDate, "20260401-20260430")
                .SetEmpty(DicomTag.ScheduledProcedureStepID));

    /// <summary>Writes the files of a worklist below a folder of the AE title, in the way that wlmscpfs of dcmtk wants them.</summary>
    public static async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "lockfile"), "");
        foreach (var item in All)
        {
            var step = item.GetSequence(DicomTag.ScheduledProcedureStepSequence)!.Items[0];
            var id = step.GetString(DicomTag.ScheduledProcedureStepID);
            var dump = Path.Combine(folder, id + ".dump");
            await File.WriteAllTextAsync(dump, Dump(item, step), Encoding.Latin1);
            var (code, output) = await DcmtkTool.RunAsync("dump2dcm", dump, Path.Combine(folder, id + ".wl"));
            Assert.True(code == 0, output);
            File.Delete(dump);
        }
    }

    private static DicomDataset Item(string name, string id, string modality, string station, string date, string step) => new DicomDataset()
        .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
        .SetString(DicomTag.AccessionNumber, "ACC" + step)
        .SetString(DicomTag.PatientName, name)
        .SetString(DicomTag.PatientID, id)
        .SetString(DicomTag.PatientBirthDate, "19700101")
        .SetString(DicomTag.PatientSex, "O")
        .SetString(DicomTag.StudyInstanceUID, "2.25.2001." + step[1..])
        .SetString(DicomTag.RequestedProcedureDescription, "Phantom")
        .SetString(DicomTag.RequestedProcedureID, "R" + step)
        .SetSequence(
            DicomTag.ScheduledProcedureStepSequence,
            new DicomDataset()
                .SetString(DicomTag.Modality, modality)
                .SetString(DicomTag.ScheduledStationAETitle, station)
                .SetString(DicomTag.ScheduledProcedureStepStartDate, date)
                .SetString(DicomTag.ScheduledProcedureStepStartTime, "090000")
                .SetString(DicomTag.ScheduledPerformingPhysicianName, "Doctor^Dora")
                .SetString(DicomTag.ScheduledProcedureStepDescription, "Step")
                .SetString(DicomTag.ScheduledProcedureStepID, step));

    private static string Dump(DicomDataset item, DicomDataset step) =>
        Lines(item) + "(0040,0100) SQ\n(fffe,e000) -\n" + Lines(step) + "(fffe,e00d) -\n(fffe,e0dd) -\n";

    private static string Lines(DicomDataset dataset) => string.Concat(dataset
        .OfType<DicomValueElement>()
        .Select(element => $"{element.Tag} {element.VR.Code} [{dataset.GetString(element.Tag)}]\n"));
}
