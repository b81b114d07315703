"""Which keys are within two typing errors of a text: an index of deletions.

Two texts at most two errors apart (a letter more, less, changed, or two swapped) share a text that is left when at most
two letters are deleted from each; that holds for their prefixes as well. So the index keeps, for every prefix
of `PREFIX` letters, the hashes of what is left when up to two letters are deleted. Nothing within two errors is missed:
the margin between the first and the second candidate rests on that.
"""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from medinfo.medicines.compiled import Array, Arrays, Index, Strings, pack_index, view
from medinfo.medicines.sounds import sound

PREFIX = 9
MAX_ERRORS = 2


class Neighbours:
    """Keys near a text.

    Args:
        arrays: the arrays of a compiled folder. keys: all keys, in code-point order.
    """

    def __init__(self, arrays: Arrays, keys: Strings) -> None:
        self._keys = keys
        self._hashes = np.asarray(arrays["near.hashes"])
        self._groups = np.asarray(arrays["near.groups"])
        self._starts = np.asarray(arrays["near.starts"])
        self._lengths = np.asarray(arrays["near.lengths"])
        self._letters = np.asarray(arrays["near.letters"])
        self._sounds = Index(arrays, "sounds")
        self._alike = view(arrays["sound.keys"])
        self._alike_first = view(arrays["sound.first"])

    def find(self, text: str) -> list[tuple[int, str, int]]:
        """All keys within two errors of a text: number, key, errors; in no order."""
        found = self._candidates(text)
        near = []
        for number in found.tolist():
            known = self._keys[number]
            errors = OSA.distance(text, known, score_cutoff=MAX_ERRORS)
            if errors <= MAX_ERRORS:
                near.append((number, known, errors))
        return near

    def alike(self, text: str) -> list[int]:
        """Numbers of the keys that sound like a text, however many letters differ."""
        number = self._sounds.find(sound(text))
        if number is None:
            return []
        return list(self._alike[self._alike_first[number] : self._alike_first[number + 1]])

    def _candidates(self, text: str) -> npt.NDArray[np.int64]:
        wanted = np.fromiter(_left_hashes(text[:PREFIX]), np.uint32)
        low = np.searchsorted(self._hashes, wanted, "left")
        high = np.searchsorted(self._hashes, wanted, "right")
        groups = np.unique(self._groups[_ranges(low, high)])
        numbers = _ranges(self._starts[groups].astype(np.int64), self._starts[groups + 1].astype(np.int64))
        lengths = self._lengths[numbers].astype(np.int16)
        numbers = numbers[np.abs(lengths - len(text)) <= MAX_ERRORS]
        differing = np.bitwise_count(self._letters[numbers] ^ np.uint32(_letters(text)))
        near: npt.NDArray[np.int64] = numbers[differing <= 2 * MAX_ERRORS]
        return near


def pack_neighbours(keys: Sequence[str], usable: Sequence[bool]) -> dict[str, Array]:
    """The arrays that `Neighbours` reads.

    Args:
        keys: all keys in code-point order. usable: which of them a misspelling may lead to.
    """
    starts: list[int] = []
    hashes = array("I")  # more than a million: a list would take ten times the room
    groups = array("I")
    last = None
    for number, known in enumerate(keys):
        if known[:PREFIX] != last:
            last = known[:PREFIX]
            starts.append(number)
            left = _left_hashes(last)
            hashes.extend(left)
            groups.extend([len(starts) - 1] * len(left))
    order = np.argsort(np.frombuffer(hashes, np.uint32), kind="stable")
    lengths = [min(len(known), 255) if use else 255 for known, use in zip(keys, usable, strict=True)]
    return {
        **_pack_sounds(keys, usable),
        "near.hashes": np.frombuffer(hashes, np.uint32)[order],
        "near.groups": np.frombuffer(groups, np.uint32)[order],
        "near.starts": np.array([*starts, len(keys)], np.uint32),
        "near.lengths": np.array(lengths, np.uint8),
        "near.letters": np.array([_letters(known) for known in keys], np.uint32),
    }


def _pack_sounds(keys: Sequence[str], usable: Sequence[bool]) -> dict[str, Array]:
    alike: dict[str, list[int]] = defaultdict(list)
    for number, (known, use) in enumerate(zip(keys, usable, strict=True)):
        if use and (said := sound(known)):
            alike[said].append(number)
    sounds = sorted(alike)
    first = np.zeros(len(sounds) + 1, np.uint32)
    np.cumsum([len(alike[said]) for said in sounds], out=first[1:])
    return {
        **pack_index("sounds", sounds),
        "sound.keys": np.array([number for said in sounds for number in alike[said]], np.uint32),
        "sound.first": first,
    }


def _left_hashes(prefix: str) -> set[int]:
    """Hashes of what is left of a prefix when up to two letters are deleted."""
    left = {prefix}
    for place in range(len(prefix)):
        once = prefix[:place] + prefix[place + 1 :]
        left.add(once)
        left.update([once[:other] + once[other + 1 :] for other in range(place, len(once))])
    return {zlib.crc32(text.encode("utf-8", "surrogatepass")) for text in left}


def _letters(text: str) -> int:
    """A bit for each letter that occurs: one error changes at most two bits."""
    bits = 0
    for char in text:
        bits |= 1 << (ord(char) & 31)
    return bits


def _ranges(low: npt.NDArray[np.int64], high: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """All numbers of the half-open ranges [low, high), one after the other."""
    counts = high - low
    kept = counts > 0
    low, counts = low[kept], counts[kept]
    if not len(counts):
        return np.zeros(0, np.int64)
    steps = np.ones(int(counts.sum()), np.int64)
    steps[0] = low[0]
    ends = np.cumsum(counts)[:-1]
    steps[ends] = low[1:] - (low[:-1] + counts[:-1]) + 1
    ranges: npt.NDArray[np.int64] = np.cumsum(steps)
    return ranges
