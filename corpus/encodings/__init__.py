"""In which encoding are these bytes? Old Vietnamese ones are detected by the syllables that they give."""

from corpus.encodings.decoding import Decoded, UnreadableError, decode, decode_bytes
from corpus.encodings.inner_text import recover_text
from corpus.encodings.named import NAMES, known_name

__all__ = ["NAMES", "Decoded", "UnreadableError", "decode", "decode_bytes", "known_name", "recover_text"]
