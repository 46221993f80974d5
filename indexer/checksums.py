"""Does the index hold what the archive holds? A 64-bit checksum of an article's places and spans.

An article's checksum is the sum of one checksum for each of its terms and one for its spans, modulo 2**64. It
does not depend on order, so that an engine can compute it term by term, without gathering the article.
"""

import struct
import zlib

from indexer.engine import AnalysedArticle
from indexer.fields import Field

_GOLDEN_RATIO = 0x9E3779B97F4A7C15  # its fraction, times 2**64; spreads 32 bits over 64


def term_checksum(field: Field, term: str, places: bytes) -> int:
    """The checksum of one term's places in one article (32-bit little-endian integers, ascending)."""
    return zlib.crc32(places, zlib.crc32(f"{field}:{term}".encode())) * _GOLDEN_RATIO % (1 << 64)


def spans_checksum(spans: bytes) -> int:
    """The part of an article's checksum that comes from its spans."""
    return zlib.crc32(spans) * _GOLDEN_RATIO % (1 << 64)


def places_checksum(article: AnalysedArticle) -> int:
    """The checksum of an article's places and spans."""
    places = sum(
        term_checksum(field, term, struct.pack(f"<{len(places)}I", *places))
        for field, terms in article.places.items()
        for term, places in terms.items()
    )
    return (places + spans_checksum(article.spans)) % (1 << 64)
