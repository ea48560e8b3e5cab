"""Lists the elements of DICOM files as pydicom reads them, for comparison with what Noctis reads.

Reads paths from standard input, one a line. For each file writes "F <path>", then one line an element
"E <place> <VR> <length> <SHA-1 of the value>", an item as "I <place>", an encapsulated value as one line a fragment; or
"X <error>" where pydicom cannot read the file. Values are hashed as they are in the file, numbers turned to little endian.
"""
import hashlib
import sys
import warnings

import pydicom
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import RawDataElement
from pydicom.encaps import generate_pixel_data_fragment
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_data_element
from pydicom.sequence import Sequence

UNITS = {"US": 2, "SS": 2, "AT": 2, "OW": 2, "UL": 4, "SL": 4, "FL": 4, "OL": 4, "OF": 4,
         "FD": 8, "OD": 8, "OV": 8, "SV": 8, "UV": 8}


def little_endian(value, vr, is_little):
    unit = UNITS.get(vr, 1)
    if is_little or unit == 1:
        return value
    whole = len(value) - len(value) % unit
    return b"".join(value[i:i + unit][::-1] for i in range(0, whole, unit)) + value[whole:]


def line(place, vr, value):
    print("E", place, vr, len(value), hashlib.sha1(value).hexdigest())


def encoded(element):
    """The value of an element that pydicom has decoded already on its own account, as it does Specific Character Set."""
    stream = DicomBytesIO()
    stream.is_little_endian = True
    stream.is_implicit_VR = True
    write_data_element(stream, element)
    return stream.getvalue()[8:]


def fragments(place, vr, value):
    stream = DicomBytesIO(value)
    stream.is_little_endian = True
    for number, fragment in enumerate(generate_pixel_data_fragment(stream)):
        line(f"{place}#{number}", vr, fragment)


def walk(dataset, prefix, is_little):
    for tag in sorted(dataset._dict.keys()):
        raw = dataset._dict[tag]
        place = f"{prefix}({tag.group:04X},{tag.element:04X})"
        vr = raw.VR
        if vr is None:
            try:
                vr = dictionary_VR(tag)
            except KeyError:
                vr = "LO" if tag.is_private_creator else "UN"
        is_raw = isinstance(raw, RawDataElement)
        undefined = raw.length == 0xFFFFFFFF if is_raw else raw.is_undefined_length
        if vr == "SQ" or isinstance(raw.value, Sequence):
            element = dataset[tag]
            for number, item in enumerate(element.value):
                print("I", f"{place}[{number}]")
                walk(item, f"{place}[{number}]", is_little)
        elif undefined:
            fragments(place, vr, raw.value)
        else:
            line(place, vr.replace(" ", ""), little_endian(raw.value or b"", vr, is_little) if is_raw else encoded(raw))


def main():
    warnings.simplefilter("ignore")
    pydicom.config.replace_un_with_known_vr = False
    # Else DICOMDIR records are looked up by offsets in the file, which are others once it is written anew.
    pydicom.filereader.DicomDir = pydicom.dataset.FileDataset
    for path in sys.stdin.read().splitlines():
        print("F", path)
        try:
            dataset = pydicom.dcmread(path, force=True)
            walk(dataset, "", dataset.is_little_endian)
        except Exception as error:  # any failure is the finding
            print("X", type(error).__name__, str(error).replace("\n", " ")[:200])


main()
