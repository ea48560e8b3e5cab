"""Puts DICOM files through the DICOM JSON model as pydicom knows it, for comparison with Noctis.

Reads lines of three paths from standard input, parted by tabs: a DICOM file, where to write it as JSON, and a JSON file to
turn into a DICOM file beside it, with ".dcm" added. What pydicom cannot do leaves no file, and a line "X <path> <error>".
"""
import json
import sys
import warnings

import pydicom
from pydicom.dataset import Dataset, FileMetaDataset


def to_json(source, target):
    dataset = pydicom.dcmread(source, force=True)
    for tag in [t for t in dataset.keys() if t.group == 2]:
        del dataset[tag]
    # Compressed: JSON has no form for it.
    if "PixelData" in dataset and getattr(dataset.get_item("PixelData"), "length", 0) == 0xFFFFFFFF:
        del dataset["PixelData"]
    with open(target, "w", encoding="utf-8") as file:
        json.dump(dataset.to_json_dict(), file, ensure_ascii=False, allow_nan=False)


def from_json(source):
    with open(source, encoding="utf-8") as file:
        dataset = Dataset.from_json(json.load(file))
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    dataset.is_little_endian = True
    dataset.is_implicit_VR = False
    dataset.save_as(source + ".dcm", write_like_original=True)


def main():
    warnings.simplefilter("ignore")
    pydicom.config.replace_un_with_known_vr = False
    pydicom.filereader.DicomDir = pydicom.dataset.FileDataset
    for line in sys.stdin.read().splitlines():
        original, theirs, ours = line.split("\t")
        for step, arguments in ((to_json, (original, theirs)), (from_json, (ours,))):
            try:
                step(*arguments)
            except Exception as error:  # any failure is the finding
                print("X", step.__name__, original, type(error).__name__, str(error).replace("\n", " ")[:200])


main()
