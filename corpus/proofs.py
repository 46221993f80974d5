"""Is a stored row what was written? Its content is hashed again and held against its digest."""

import hashlib
import zlib
from collections.abc import Sequence
from enum import Enum

from corpus.archive_errors import BROKEN_ROW
from corpus.digests import Column, digest_of, digest_of_change
from corpus.records import MAX_RAW_BYTES
from corpus.stored import stored_article, unpacked


class Proof(Enum):
    """What hashing a row again says."""

    WHOLE = "fits its digest"
    NONE = "has no digest"
    ERASED = "was erased"
    CUT = "was cut when it was kept, so that the digest is of bytes that are not there"
    OTHER = "does not fit its digest"
    UNREADABLE = "cannot be read"

    @property
    def is_fault(self) -> bool:
        """Whether the row is not what was written."""
        return self in {Proof.OTHER, Proof.UNREADABLE}


def prove_version(article_id: object, digest: object, content: str) -> Proof:
    """Whether a version's content is that of its digest, and of its article."""
    try:
        article = stored_article(content)
        return _fits((article.id, article.digest) == (article_id, digest))
    except BROKEN_ROW:
        return Proof.UNREADABLE


def prove_erased(content: str, *, is_erased: bool) -> Proof:
    """Whether a version is empty exactly where it was erased."""
    return Proof.ERASED if is_erased is not bool(content) else Proof.OTHER


def prove_raw(sha256: object, data: bytes) -> Proof:
    """Whether a raw record, compressed, is that of its digest."""
    try:
        return _fits(hashlib.sha256(unpacked(data)).hexdigest() == sha256)
    except BROKEN_ROW:
        return Proof.UNREADABLE


def prove_refusal(sha256: object, data: bytes) -> Proof:
    """The same of a refused record, of which the first MAX_RAW_BYTES are kept."""
    try:
        decompressor = zlib.decompressobj()
        kept = decompressor.decompress(data)
    except BROKEN_ROW:
        return Proof.UNREADABLE
    if not decompressor.eof or decompressor.unused_data:
        return Proof.OTHER
    proof = _fits(hashlib.sha256(kept).hexdigest() == sha256)
    return Proof.CUT if proof is Proof.OTHER and len(kept) >= MAX_RAW_BYTES else proof


def prove_row(table: str, digest: bytes | None, columns: Sequence[Column]) -> Proof:
    """Whether a row's columns are those of its digest."""
    if not digest:
        return Proof.NONE
    try:
        return _fits(digest_of(table, columns) == digest)
    except BROKEN_ROW:
        return Proof.UNREADABLE


def prove_change(before: bytes, digest: bytes, columns: Sequence[Column]) -> Proof:
    """Whether a change is that of its digest, behind the digest before it."""
    try:
        return _fits(digest_of_change(before, columns) == digest)
    except BROKEN_ROW:
        return Proof.UNREADABLE


def _fits(is_whole: bool) -> Proof:
    return Proof.WHOLE if is_whole else Proof.OTHER
