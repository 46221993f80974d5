"""What is written in these bytes? Old Vietnamese encodings, found by whether they make possible syllables."""

from corpus.encodings.decoding import Decoded, UnreadableError, decode, decode_bytes
from corpus.encodings.named import NAMES, known_name
from corpus.encodings.within import mended

__all__ = ["NAMES", "Decoded", "UnreadableError", "decode", "decode_bytes", "known_name", "mended"]
