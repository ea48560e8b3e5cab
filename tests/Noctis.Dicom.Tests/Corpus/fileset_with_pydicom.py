"""Lists the file-sets of DICOMDIR files as pydicom reads them: paths from standard input, one a line.

For each "F <File-set ID>", then one line an instance: "I <File ID> <patient> <study> <series> <SOP Instance UID> <type>".
"""
import sys
import warnings

from pydicom.fileset import FileSet


def main():
    # A warning about the file-set is a finding, one about the future of pydicom is not.
    warnings.simplefilter("ignore")
    warnings.filterwarnings("error", category=UserWarning)
    for path in sys.stdin.read().splitlines():
        file_set = FileSet(path)
        print("F", file_set.ID)
        for instance in file_set:
            nodes = {n.record_type: n for n in [instance.node] + list(instance.node.ancestors)}
            if "PATIENT" not in nodes:  # palettes and the like, at the root
                continue
            record = instance.node._record
            print(
                "I", "\\".join(instance.node._file_id.parts), nodes["PATIENT"]._record.PatientID,
                nodes["STUDY"]._record.StudyInstanceUID, nodes["SERIES"]._record.SeriesInstanceUID,
                record.ReferencedSOPInstanceUIDInFile, instance.node.record_type)


main()
