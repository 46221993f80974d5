"""What is the difference between the state of an index and an earlier one, which an answer is made for?

An index holds the current versions of its state, and keeps earlier ones beside them. A reader of a pin leaves
out the versions that were not current then, and takes those that were.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PinnedVersions:
    """The versions that differ; each is named by the change that brought it.

    Attributes:
        number: the change of the archive that is pinned.
        absent: versions of the index's state that were not current then.
        superseded: versions that were current then and are no more, each with the current version of its
            article, by which its story is known.
    """

    number: int
    absent: frozenset[int] = frozenset()
    superseded: Mapping[int, int] = field(default_factory=dict)
