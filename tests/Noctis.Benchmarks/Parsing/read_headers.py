"""Reads the headers of the files that a list names with pydicom, and prints files a second: read alone, and every value converted.

The clock runs while files are read: the start of Python and pydicom, and one pass before it, are not counted.
"""
import sys
import time
import warnings

import pydicom

PASSES = 2
warnings.simplefilter("ignore")
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE


def read_values(dataset):
    for element in dataset:
        if element.VR == "SQ":
            for item in element.value:
                read_values(item)


def read_all(paths, every_value):
    read = 0
    for path in paths:
        try:
            dataset = pydicom.dcmread(path, stop_before_pixels=True)
            if every_value:
                read_values(dataset)
            read += 1
        except Exception:
            # Some files of the corpus are beyond pydicom: they are not counted.
            pass
    return read


def rate(paths, every_value):
    started = time.perf_counter()
    read = sum(read_all(paths, every_value) for _ in range(PASSES))
    return read / (time.perf_counter() - started)


with open(sys.argv[1], encoding="utf-8") as names:
    files = names.read().splitlines()
read_all(files, True)
print(rate(files, False), rate(files, True))
