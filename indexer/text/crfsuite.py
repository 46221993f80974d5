"""What does a CRFsuite model file say? Its labels, attributes and weights, to the last bit.

The file holds its weights as plain records and its strings in two constant databases ("CQDB"), whose backward
links lead from a number to its string. Source: the writers in crfsuite's ``crf1d_model.c`` and ``cqdb.c``.
python-crfsuite reads such files too, but only prints the weights, rounded to six decimals, and that is too
coarse to segment every text as underthesea does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_HEADER = np.dtype(
    [
        ("magic", "S4"),
        ("size", "<u4"),
        ("type", "S4"),
        ("version", "<u4"),
        ("counts", "<u4", 3),  # of features (not filled in), labels, attributes
        ("features_at", "<u4"),
        ("labels_at", "<u4"),
        ("attributes_at", "<u4"),
        ("references_at", "<u4", 2),
    ]
)
_CHUNK = np.dtype([("magic", "S4"), ("size", "<u4"), ("features", "<u4")])
_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_STRINGS = np.dtype(
    [
        ("magic", "S4"),
        ("size", "<u4"),
        ("flag", "<u4"),
        ("order", "<u4"),
        ("count", "<u4"),
        ("links_at", "<u4"),
    ]
)
_STATE, _TRANSITION = 0, 1


@dataclass(frozen=True, slots=True)
class CrfModel:
    """A linear-chain CRF: L labels, A attributes.

    Args:
        labels: (L,) in the order of their numbers.
        attributes: (A,) in the order of their numbers.
        states: float64 (A, L); the weight of an attribute for a label.
        transitions: float64 (L, L); the weight of going from a label (row) to the next (column).
    """

    labels: list[str]
    attributes: list[str]
    states: npt.NDArray[np.float64]
    transitions: npt.NDArray[np.float64]


def read_model(data: bytes) -> CrfModel:
    """The model in the bytes of a CRFsuite file.

    Raises:
        ValueError: these are not the bytes of a CRFsuite model.
    """
    header = np.frombuffer(data, _HEADER, 1)[0]
    if header["magic"] != b"lCRF" or header["type"] != b"FOMC":
        raise ValueError(f"not a CRFsuite model: it begins with {data[:12]!r}")
    labels = _strings(data, int(header["labels_at"]))
    attributes = _strings(data, int(header["attributes_at"]))
    features = _features(data, int(header["features_at"]))
    return CrfModel(
        labels,
        attributes,
        _matrix(features[features["type"] == _STATE], (len(attributes), len(labels))),
        _matrix(features[features["type"] == _TRANSITION], (len(labels), len(labels))),
    )


def _features(data: bytes, at: int) -> npt.NDArray[np.void]:
    chunk = np.frombuffer(data, _CHUNK, 1, at)[0]
    return np.frombuffer(data, _FEATURE, int(chunk["features"]), at + _CHUNK.itemsize)


def _matrix(features: npt.NDArray[np.void], shape: tuple[int, int]) -> npt.NDArray[np.float64]:
    weights = np.zeros(shape)
    weights[features["source"], features["target"]] = features["weight"]
    return weights


def _strings(data: bytes, at: int) -> list[str]:
    """The strings of a constant database in the order of their numbers; links count from its start."""
    header = np.frombuffer(data, _STRINGS, 1, at)[0]
    links = np.frombuffer(data, "<u4", int(header["count"]), at + int(header["links_at"]))
    return [_string(data, at + link) for link in links.tolist()]


def _string(data: bytes, at: int) -> str:
    """The string of a record: its number, its size with the closing NUL (both uint32), its bytes."""
    size = int.from_bytes(data[at + 4 : at + 8], "little")
    return data[at + 8 : at + 7 + size].decode()
