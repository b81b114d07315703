"""Which letter is easily typed for which: neighbours on a keyboard, and letters that sound alike."""

from __future__ import annotations

_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("qwertzuiop", "asdfghjkl", "yxcvbnm"),
)
_ALIKE = ("aeiouy", "ckqs", "sz", "mn", "bp", "dt", "fv", "gj", "vw", "lr", "xs", "xc", "xz", "hn")


def _pairs() -> frozenset[tuple[str, str]]:
    found = {(one, other) for letters in _ALIKE for one in letters for other in letters}
    for rows in _KEYBOARDS:
        for upper, row in zip(("", *rows), rows, strict=False):
            for place, letter in enumerate(row):
                beside = (
                    row[max(0, place - 1) : place + 2] + upper[place : place + 2]
                )  # keys lie half a key further right
                found |= {(letter, other) for other in beside} | {(other, letter) for other in beside}
    return frozenset(found)


_PAIRS = _pairs()


def easily_mistaken(typed: str, meant: str) -> bool:
    """Whether one letter is easily typed for another."""
    return (typed, meant) in _PAIRS


def changed_letter(typed: str, known: str) -> tuple[int, str, str] | None:
    """Place, typed and known letter where two texts of one length differ in a single letter; None where they differ
    otherwise."""
    if len(typed) != len(known):
        return None
    places = [place for place, (one, other) in enumerate(zip(typed, known, strict=True)) if one != other]
    if len(places) != 1:
        return None
    return places[0], typed[places[0]], known[places[0]]
