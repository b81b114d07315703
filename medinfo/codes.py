"""Coding systems as small frozen types that validate themselves: a wrong code cannot be built.

    >>> Cip13("3400949497294").value
    '3400949497294'

Spaces and letter case of the input are forgiven, nothing else is.

What the check digits rest on:

- **CIP13** is an EAN-13: all 20,903 packs of the French register hold.
- **CIP7** is the middle of its CIP13 (`34009` + CIP7 + check digit). Its last digit is a check digit for numbers given
  before 2015: the sum of the first six digits with weights 2 to 7, modulo 11. Since then numbers are given without
  one, in the ranges listed below; outside them all packs of the register hold.
- **UCD13** is an EAN-13 that begins with `34008`, and UCD7 its middle. No source of ours lists UCD codes, so no rule
  for the last digit of a UCD7 could be proved: only its form is checked.
- **UNII**: the tenth character is the sum of the values of the first nine (0-9, then A-Z), modulo 36.
- **CAS**: the last digit is the sum of the others, weighted 1, 2, 3... from the right, modulo 10.
- **CIS**, **RxCUI** and **ATC** have no check digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from medinfo.errors import InvalidCode

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CIP7_WITHOUT_CHECK = ("300", "301", "302", "303", "490", "495", "550", "551")
_CIP7_LENGTH = 7
_MAX_LENGTH = 64


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code of one system; use the classes below.

    Args:
        value: the code as text; spaces around it and letter case are forgiven.

    Raises:
        InvalidCode: the code has another form, or its check digit does not hold.
    """

    SYSTEM: ClassVar[str] = ""
    NAME: ClassVar[str] = ""
    FORM: ClassVar[str] = ""
    PATTERN: ClassVar[re.Pattern[str]] = re.compile("(?!)")
    value: str

    def __post_init__(self) -> None:
        value = self.value.strip().upper()
        if len(value) > _MAX_LENGTH or not self.PATTERN.fullmatch(value):
            raise self._error(f"it should be {self.FORM}")
        object.__setattr__(self, "value", value)
        expected = self._check()
        if expected is not None and value[-1] != expected:
            raise self._error(f"its check character should be {expected}")

    def _check(self) -> str | None:
        """The check character that the rest of the value calls for, or None where there is none."""
        return None

    def _error(self, reason: str) -> InvalidCode:
        shown = self.value.strip()[:_MAX_LENGTH]
        return InvalidCode(
            f"{shown!r} is not a {self.NAME}: {reason}.",
            hint="Check the code for a typing error.",
            params={"system": self.SYSTEM, "value": shown, "reason": reason},
        )

    def __str__(self) -> str:
        return self.value


class Atc(Code):
    """An ATC code of any of the five levels, such as `B01AA03`."""

    __slots__ = ()
    SYSTEM = "atc"
    NAME = "ATC code"
    FORM = "a letter, two digits, one or two letters, two digits (fewer for a group), such as B01AA03"
    PATTERN = re.compile(r"[ABCDGHJLMNPRSV](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?")

    @property
    def is_substance(self) -> bool:
        """Whether the code is of the fifth level, that of substances."""
        return len(self.value) == 7


class RxCui(Code):
    """An RxNorm concept identifier, such as `11289`."""

    __slots__ = ()
    SYSTEM = "rxnorm"
    NAME = "RxNorm code"
    FORM = "one to eight digits, the first not 0"
    PATTERN = re.compile(r"[1-9][0-9]{0,7}")


class Cis(Code):
    """A French product code (code identifiant de spécialité), such as `60002283`."""

    __slots__ = ()
    SYSTEM = "cis"
    NAME = "CIS code"
    FORM = "eight digits, the first a 6"
    PATTERN = re.compile(r"6[0-9]{7}")


class Cip7(Code):
    """A French pack code of seven digits."""

    __slots__ = ()
    SYSTEM = "cip7"
    NAME = "CIP7 code"
    FORM = "seven digits"
    PATTERN = re.compile(r"[0-9]{7}")

    def _check(self) -> str | None:
        if self.value.startswith(_CIP7_WITHOUT_CHECK):
            return None
        rest = sum(weight * int(digit) for weight, digit in enumerate(self.value[:6], 2)) % 11
        return str(rest) if rest < 10 else "another number: none ends so"


class Cip13(Code):
    """A French pack code of thirteen digits, such as `3400949497294`."""

    __slots__ = ()
    SYSTEM = "cip13"
    NAME = "CIP13 code"
    FORM = "thirteen digits, the first five 34009"
    PATTERN = re.compile(r"34009[0-9]{8}")

    def _check(self) -> str | None:
        return _ean13(self.value)

    @property
    def short(self) -> str:
        """The seven digits of the CIP7."""
        return self.value[5:12]


class Ucd(Code):
    """A French code of a unit of dispensing, of seven or thirteen digits."""

    __slots__ = ()
    SYSTEM = "ucd"
    NAME = "UCD code"
    FORM = "seven digits, or thirteen of which the first five are 34008"
    PATTERN = re.compile(r"[0-9]{7}|34008[0-9]{8}")

    def _check(self) -> str | None:
        return _ean13(self.value) if len(self.value) == 13 else None


class Unii(Code):
    """A unique ingredient identifier, such as `5Q7ZVV76EI`."""

    __slots__ = ()
    SYSTEM = "unii"
    NAME = "UNII"
    FORM = "ten letters and digits"
    PATTERN = re.compile(r"[A-Z0-9]{10}")

    def _check(self) -> str | None:
        return _ALPHABET[sum(_ALPHABET.index(char) for char in self.value[:9]) % 36]


class Cas(Code):
    """A CAS registry number, such as `81-81-2`."""

    __slots__ = ()
    SYSTEM = "cas"
    NAME = "CAS number"
    FORM = "two to seven digits, two digits and one digit, joined by hyphens"
    PATTERN = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]")

    def _check(self) -> str | None:
        digits = self.value.replace("-", "")[:-1]
        return str(sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10)


_TYPES: tuple[type[Code], ...] = (Atc, RxCui, Cis, Cip7, Cip13, Ucd, Unii, Cas)

# CIP7 and CIP13 share an identifier: there (`cip`) the length of the value decides.
_SYSTEMS = MappingProxyType(
    {kind.SYSTEM: kind.SYSTEM for kind in _TYPES}
    | {
        "http://www.whocc.no/atc": "atc",
        "urn:oid:2.16.840.1.113883.6.73": "atc",
        "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
        "urn:oid:2.16.840.1.113883.6.88": "rxnorm",
        "http://fdasis.nlm.nih.gov": "unii",
        "urn:oid:2.16.840.1.113883.4.9": "unii",
        "urn:oid:2.16.840.1.113883.6.61": "cas",
        "urn:oid:1.2.250.1.213.2.3.1": "cis",
        "cip": "cip",
        "urn:oid:1.2.250.1.213.2.3.2": "cip",
        "urn:oid:1.2.250.1.213.2.61": "ucd",
        "http://data.esante.gouv.fr/ansm/medicament/ucd": "ucd",
    }
)


def _ean13(value: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(value[:12]))
    return str(-total % 10)


def system_of(system: str) -> str | None:
    """Our short name of a coding system, or None for one that we do not know; `cip` for CIP7 and CIP13 alike.

    Args:
        system: our short name or a FHIR URI, in any letter case, with or without a trailing slash.
    """
    wanted = system.strip().rstrip("/").lower()
    if wanted.startswith("https://"):
        wanted = f"http://{wanted.removeprefix('https://')}"
    return _SYSTEMS.get(wanted)


def parse_code(system: str, value: str) -> Code:
    """A code of a system, validated.

    Args:
        system: our short name (`atc`, `rxnorm`, `cis`, `cip7`, `cip13`, `ucd`, `unii`, `cas`) or its FHIR URI.
        value: the code as text.

    Raises:
        InvalidCode: the system is unknown, or the code does not hold.
    """
    name = system_of(system)
    if name is None:
        shown = system.strip()[:200]
        known = ", ".join(kind.SYSTEM for kind in _TYPES)
        raise InvalidCode(
            f"{shown!r} is not a known coding system.",
            hint=f"Known systems: {known}.",
            params={"system": shown, "value": value[:_MAX_LENGTH], "reason": "unknown coding system"},
        )
    if name == "cip":
        name = "cip7" if len(value.strip()) == _CIP7_LENGTH else "cip13"
    return next(kind for kind in _TYPES if name == kind.SYSTEM)(value)
