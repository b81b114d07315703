"""A thesaurus that is not ANSM's: the same conventions, invented wording, printed in layouts of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from interactions.importers.ansm_thesaurus.document import Thesaurus
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from interactions.importers.ansm_thesaurus.store_file import read_thesaurus, write_store_file

Font = tuple[str, str, float]  # family, style, size in points


@dataclass(frozen=True)
class Look:
    """How a made-up edition is printed. Lengths in points."""

    name: str
    heading: Font = ("Times", "B", 13)
    plus: Font = ("Times", "B", 10.5)
    partner: Font = ("Times", "BI", 10.5)
    level: Font = ("Times", "B", 9)
    body: Font = ("Times", "", 9)
    page: tuple[float, float] = (595, 842)
    left: float = 50
    mirrored: float = 0  # even pages stand so much farther to the right
    columns: tuple[float, float] = (70, 290)  # from the left margin
    width: float = 200  # of a column
    leading: float = 10.5
    header: str = ""
    header_font: Font = ("Courier", "", 8)
    header_x: float = 250
    footer: str = ""
    bottom: float = 700  # rows below start a new page
    cover: tuple[str, ...] = ("THÉSAURUS D'ESSAI", "OCTOBRE 2024")
    again: bool = False  # a name that goes on over a page is printed again, with "(suite)"
    annex: tuple[str, ...] = ()  # lines on two pages after the last entry


@dataclass(frozen=True)
class FakeEntry:
    """`blocks`: (level, mechanism, advice lines); several where the print repeats. `¬` breaks a line after a hyphen."""

    partner: str
    blocks: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class FakeHeading:
    """`notes`: paragraphs with a blank line between them."""

    name: str
    notes: tuple[str, ...] = ()
    entries: tuple[FakeEntry, ...] = field(default=())


class Printer:
    """Prints fake headings in a look, breaking pages wherever the room ends."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pdf = FPDF(unit="pt", format=look.page)
        self.pdf.set_auto_page_break(False)
        self.y = 0.0
        self.again: tuple[str, ...] = ()

    def print(self, headings: tuple[FakeHeading, ...], rule: tuple[str, ...]) -> bytes:
        self.pdf.add_page()
        for number, line in enumerate(self.look.cover):
            self._write(("Helvetica", "B", 18), 90, 200 + 40 * number, line)
        self.pdf.add_page()
        for number, line in enumerate(rule):
            self._write(("Helvetica", "", 11), 80, 120 + 14 * number, line)
        self._new_page()
        for heading in headings:
            self._heading(heading)
            self.again = ()
        for part in "AB" if self.look.annex else "":
            self.pdf.add_page()
            for number, line in enumerate(self.look.annex):
                self._write(self.look.body, 90, 200 + 20 * number, f"{line}, part {part}")
        return bytes(self.pdf.output())

    @property
    def left(self) -> float:
        return self.look.left + (self.look.mirrored if self.pdf.page_no() % 2 == 0 else 0)

    def _new_page(self) -> None:
        self.pdf.add_page()
        number = self.pdf.page_no()
        if self.look.header:
            self._write(self.look.header_font, self.look.header_x, 30, self.look.header.format(page=number))
        if self.look.footer:
            self._write(("Courier", "", 8), 60, self.look.page[1] - 30, self.look.footer.format(page=number))
        self.y = 60.0
        for name in self.again if self.look.again else ():
            font = self.look.plus if name.startswith("+") else self.look.heading
            self._write(font, self.left, self.y, f"{name} (suite)")
            self.y += 20

    def _write(self, font: Font, x: float, y: float, text: str) -> float:
        self.pdf.set_font(font[0], font[1], font[2])
        self.pdf.text(x, y, text)
        return x + self.pdf.get_string_width(text)

    def _down(self, distance: float) -> None:
        self.y += distance
        if self.y > self.look.bottom:
            self._new_page()

    def _heading(self, heading: FakeHeading) -> None:
        look = self.look
        self._down(2 * look.leading)
        full = look.columns[1] + look.width
        for line in self._wrap(look.heading, heading.name, full):
            self._write(look.heading, self.left, self.y, line)
            self._down(1.2 * look.heading[2])
        for number, paragraph in enumerate(heading.notes):
            self._down(look.leading if number else 0)
            for piece in paragraph.split("\n"):
                for line in self._wrap(look.body, piece, full - 8):
                    self._write(look.body, self.left + 8, self.y, line)
                    self._down(look.leading)
        self.again = (heading.name,)
        for entry in heading.entries:
            self._entry(entry)
            self.again = (heading.name,)

    def _entry(self, entry: FakeEntry) -> None:
        look = self.look
        self._down(0.8 * look.leading)
        x = self._write(look.plus, self.left + 3, self.y, "+ ")
        for line in self._wrap(look.partner, entry.partner, look.columns[1] + look.width - 20):
            self._write(look.partner, x, self.y, line)
            self._down(1.3 * look.partner[2])
        self.again = (*self.again, f"+ {entry.partner}")
        for level, mechanism, advice in entry.blocks:
            left = [(look.body, line) for line in self._wrap(look.body, mechanism, look.width)]
            right = [(look.level, level)]
            for paragraph in advice:
                right += [(look.body, line) for line in self._wrap(look.body, paragraph, look.width)]
            for index in range(max(len(left), len(right))):
                for column, lines in enumerate((left, right)):
                    if index < len(lines):
                        font, line = lines[index]
                        self._write(font, self.left + look.columns[column], self.y, line)
                self._down(look.leading)

    def _wrap(self, font: Font, text: str, width: float) -> Iterator[str]:
        self.pdf.set_font(font[0], font[1], font[2])
        for part in text.split("¬"):
            line = ""
            for word in part.split(" "):
                longer = f"{line} {word}" if line else word
                if line and self.pdf.get_string_width(longer) > width:
                    yield line
                    longer = word
                line = longer
            yield line


RULE = (
    "24 octobre 2024",
    "Les applications par des voies locales ne comptent pas, sauf :",
    "- alphadine en collyre",
    "- betadol et gammacet, quelle que soit la forme",
)

DOSE_IT = ("Précaution d'emploi", "Hausse des taux d'alphadine.", ("Doser l'alphadine.",))
LONG_NAME = "SUBSTANCES QUI ENDORMENT LES GRENOUILLES VERTES DES MARAIS ET LES SALAMANDRES DES BOIS PROFONDS DU NORD"

CONTENT = (
    FakeHeading(
        "ALPHADINE",
        ("Voir aussi : betaliques - substances qui endorment les grenouilles vertes et les salamandres anti-¬rouille - "
         "deltanes",),
        (
            FakeEntry("BETALIQUES", (DOSE_IT,)),
            FakeEntry(
                "GAMMACET",
                (("CI - ASDEC", "Risque de vertiges, avec une hausse des concentra-¬tions d'alphadine.",
                  ("Contre-indication :", "- avec le gammacet par voie IV", "Association déconseillée :",
                   "- avec le gammacet per os. Surveiller le malade à chaque prise, le soir de préférence.")),),
            ),
            FakeEntry("ZETACURE", (("A prendre en compte", "Somnolence plus marquée, surtout le matin.", ()),)),
        ),
    ),
    FakeHeading(
        "BETALIQUES",
        ("Les betaliques abaissent les concentrations de bien des produits. Il faut les prendre de jour.\n+ DELTANES\n"
         "Ce cas est décrit dans un autre ouvrage, et ne compte pas ici.",
         "(betadol, betafer (sel de), betamine [IV], betaline"),
        (
            FakeEntry("ALPHADINE", (DOSE_IT,)),
            FakeEntry("AUTRES BETALIQUES", (("CONTRE-INDICATION", "Cumul des effets.", ()),)),
            FakeEntry(
                "DELTANES (HORS DELTAPAX)",
                (("ASDEC - PE", "Perte d'efficacité du deltane.",
                  ("Avec le betadol à des doses > 20 mg/semaine :",
                   "- association déconseillée avec le deltazol",
                   "- précaution d'emploi avec les autres deltanes. Mesurer la pression une fois par semaine.")),),
            ),
        ),
    ),
    FakeHeading(
        "DELTANES (HORS DELTAPAX)",
        ("(deltazol, deltavir)",),
        (FakeEntry("GAMMACET", (("CONTRE-INDICATION", "Arrêt du coeur.", ("Attendre 2 jours.",)),) * 3),),
    ),
    FakeHeading(
        "GAMMACET",
        (),
        (
            FakeEntry(
                "ALPHADINE",
                (("CI - ASDEC", "Risque de vertiges, avec une hausse des concentrations d'alphadine.",
                  ("Contre-indication :", "- avec le gammacet par voie IV", "Association déconseillée :",
                   "- avec le gammacet per os. Surveiller le malade à chaque prise, le soir de préférence.")),),
            ),
            FakeEntry("DELTANES (HORS DELTAPAX)", (("CONTRE-INDICATION", "Arrêt du coeur.", ("Attendre 2 jours.",)),)),
            FakeEntry(
                LONG_NAME,
                (("Association DECONSEILLEE", " ".join(["Sommeil des batraciens, puis réveil brusque."] * 12),
                  ("Prévenir le batracien de ce risque, et attendre. " * 10,)),),
            ),
        ),
    ),
    FakeHeading(
        LONG_NAME,
        ("(zetacure)",),
        tuple(
            FakeEntry(f"{letter}MEGA{end}", (("A prendre en compte", f"Effet de {letter}{end}, la nuit.", ()),))
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            for end in ("NE", "TOL")
        ),
    ),
)  # fmt: skip

LOOKS = (
    Look("times with a footer", footer="Essai - Octobre 2024 - page {page}"),
    Look(
        "helvetica, wide margins, a header and shifted even pages",
        heading=("Helvetica", "B", 12),
        plus=("Helvetica", "B", 9),
        partner=("Helvetica", "B", 9),
        level=("Helvetica", "B", 8),
        body=("Helvetica", "", 8),
        page=(612, 792),
        left=80,
        mirrored=24,
        columns=(20, 230),
        width=180,
        leading=9.6,
        header="- {page} -",
        footer="Ouvrage d'essai, ne pas utiliser",
        bottom=660,
    ),
    Look(
        "one size for all, no furniture, headings and partners in one style",
        heading=("Helvetica", "B", 9),
        plus=("Helvetica", "B", 9),
        partner=("Helvetica", "B", 9),
        level=("Helvetica", "B", 9),
        body=("Helvetica", "", 9),
        left=30,
        columns=(60, 290),
        bottom=760,
    ),
    Look(
        "typewriter, wide lines, levels no bolder than the text",
        heading=("Courier", "B", 11),
        plus=("Courier", "B", 9),
        partner=("Courier", "BI", 9),
        level=("Courier", "", 8),
        body=("Courier", "", 8),
        left=40,
        columns=(40, 300),
        width=220,
        leading=14,
        footer="Essai 2024 {page}/9",
    ),
    Look(
        "partners no bolder than the text",
        heading=("Times", "B", 12),
        plus=("Times", "", 9),
        partner=("Times", "", 9),
        level=("Times", "B", 9),
        page=(842, 595),
        header="THÉSAURUS D'ESSAI",
        header_font=("Helvetica", "B", 14),
        header_x=20,
        columns=(200, 480),
        bottom=520,
        footer="{page}",
    ),
)


@pytest.fixture(scope="session")
def fake() -> type[FakeHeading]:
    """To make headings of: `fake("NAME", notes, entries)`; entries are made with `fake_entry`."""
    return FakeHeading


@pytest.fixture(scope="session")
def fake_entry() -> Callable[..., FakeEntry]:
    """`fake_entry("PARTNER", mechanism, advice...)`, at the level of a precaution."""

    def make(partner: str, mechanism: str = "Effet.", *advice: str, level: str = "Précaution d'emploi") -> FakeEntry:
        return FakeEntry(partner, ((level, mechanism, advice),))

    return make


@pytest.fixture(scope="session")
def fake_content() -> tuple[FakeHeading, ...]:
    return CONTENT


@pytest.fixture(scope="session", params=LOOKS, ids=lambda look: look.name)
def fake_pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented thesaurus as a PDF, in each look."""
    path = tmp_path_factory.mktemp("fake") / "thesaurus.pdf"
    path.write_bytes(Printer(request.param).print(CONTENT, RULE))
    return path


@pytest.fixture(scope="session")
def make_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Print fake headings: `make_pdf(headings, cover=...)`, with any field of `Look`."""

    def make(headings: tuple[FakeHeading, ...] = CONTENT, **fields: Any) -> Path:
        look = replace(Look("made", footer="{page}"), **fields)
        path = tmp_path_factory.mktemp("made") / "thesaurus.pdf"
        path.write_bytes(Printer(look).print(headings, ()))
        return path

    return make


@pytest.fixture(scope="session")
def official_pdf(reference_data: Path) -> Path:
    """The thesaurus as ANSM published it in September 2023."""
    return reference_data / "ansm" / "thesaurus-2023-09.pdf"


@pytest.fixture(scope="session")
def thesaurus(official_pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Thesaurus:
    """The official thesaurus as read; processes of one run share the reading through a store file."""
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "thesaurus.store"
    if cache.is_file():
        return read_thesaurus(cache.read_bytes())
    parsed = parse_thesaurus(official_pdf)
    aside = tmp_path_factory.mktemp("aside") / "thesaurus.store"
    aside.write_bytes(write_store_file(parsed, b""))
    aside.replace(cache)
    return parsed
