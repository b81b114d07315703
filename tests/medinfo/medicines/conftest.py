"""A small catalogue made by hand, and the embedded one."""

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.others import OtherRow
from medinfo.medicines.tables import NameRow, PackRow, ProductRow, SubstanceRow, render_rows

SUBSTANCES = (
    SubstanceRow("warfarin", "Warfarin", "warfarine", atc=("B01AA03",), rxnorm=("11289",), cas=("81-81-2",)),
    SubstanceRow("paracetamol", "Paracetamol", "paracétamol", atc=("N02BE01",), unii=("362O9ITL9D",)),
    SubstanceRow("codeine", "Codeine", "codéine", atc=("R05DA04",)),
    SubstanceRow("simvastatin", "Simvastatin", "simvastatine", atc=("C10AA01",)),
    SubstanceRow("hydralazine", "Hydralazine"),
    SubstanceRow("hydroxyzine", "Hydroxyzine"),
    SubstanceRow("amoxicillin", "Amoxicillin", "amoxicilline", atc=("J01CA04",)),
    SubstanceRow("clavulanic-acid", "Clavulanic acid", "acide clavulanique"),
    SubstanceRow("sulfamethoxazole", "Sulfamethoxazole"),
    SubstanceRow("trimethoprim", "Trimethoprim", "triméthoprime"),
    SubstanceRow("valproic-acid", "Valproic acid", "acide valproïque"),
    SubstanceRow("metformin", "Metformin", "metformine"),
    SubstanceRow("losartan", "Losartan"),
    SubstanceRow("magnesium", "Magnesium", "magnésium"),
    SubstanceRow("calcium", "Calcium"),
    SubstanceRow("potassium-chloride", "Potassium chloride", "chlorure de potassium"),
    SubstanceRow("sodium-chloride", "Sodium chloride"),
    SubstanceRow("colecalciferol", "Colecalciferol"),
    SubstanceRow("cyanocobalamin", "Cyanocobalamin"),
    SubstanceRow("thiamine", "Thiamine"),
    SubstanceRow("phytomenadione", "Phytomenadione"),
    SubstanceRow("omega-3-fatty-acids", "Omega-3 fatty acids"),
    SubstanceRow("colistin", "Colistin"),
    SubstanceRow("polymyxin-b", "Polymyxin B"),
    SubstanceRow("fluorouracil", "Fluorouracil"),
    SubstanceRow("clarithromycin", "Clarithromycin"),
    SubstanceRow("arnica-montana", "Arnica montana"),
    SubstanceRow("belladonna", "Belladonna"),
    SubstanceRow("diclofenac", "Diclofenac"),
    SubstanceRow("miconazole", "Miconazole"),
    SubstanceRow("epinephrine", "Epinephrine", "adrénaline"),
    SubstanceRow("pseudoephedrine", "Pseudoephedrine"),
    SubstanceRow("cetirizine", "Cetirizine"),
    SubstanceRow("insulin-lispro", "Insulin lispro"),
    SubstanceRow("estradiol", "Estradiol", atc=("G03CA03",)),
    SubstanceRow("estrogens", "Estrogens", atc=("G03CA03",)),
)
NAMES = (
    NameRow("Coumadine", "brand", ("warfarin",), source=("bdpm",)),
    NameRow("Coumadin", "brand", ("warfarin",), source=("wikipedia",)),
    NameRow("warfarine sodique", "salt", ("warfarin",)),
    NameRow("Doliprane", "brand", ("paracetamol",), source=("bdpm",)),
    NameRow("Codoliprane", "brand", ("codeine", "paracetamol"), source=("bdpm",)),
    NameRow("Bactrim", "brand", ("sulfamethoxazole", "trimethoprim"), source=("wikipedia",)),
    NameRow("sulfaméthoxazole + triméthoprime", "combination", ("sulfamethoxazole", "trimethoprim")),
    NameRow("valproate", "synonym", ("valproic-acid",)),
    NameRow("sodium (valproate de)", "salt", ("valproic-acid",)),
    NameRow("Vitamin B12", "synonym", ("cyanocobalamin",)),
    NameRow("Vitamin B1", "synonym", ("thiamine",)),
    NameRow("Vitamin K", "synonym", ("phytomenadione",)),
    NameRow("Vitamin D3", "synonym", ("colecalciferol",)),
    NameRow("Omega", "brand", ("fluorouracil",)),
    NameRow("Omega-3", "synonym", ("omega-3-fatty-acids",)),
    NameRow("Polymyxin E", "synonym", ("colistin",)),
    NameRow("5-fluorouracil", "synonym", ("fluorouracil",)),
    NameRow("CLA", "synonym", ("clarithromycin",)),
    NameRow("Actifed", "brand", ("paracetamol", "pseudoephedrine"), source=("bdpm",)),
    NameRow("Actifed", "brand", ("cetirizine", "pseudoephedrine"), source=("bdpm",)),
    NameRow("Lamisol", "brand", ("codeine",)),
    NameRow("Lamipol", "brand", ("paracetamol",)),
    NameRow("Orelox", "brand", ("amoxicillin",)),
    NameRow("co-amoxiclav", "synonym", ("amoxicillin", "clavulanic-acid")),
    NameRow("Estradiol", "brand", ("estrogens",)),
    NameRow("Humalog", "brand", ("insulin-lispro",)),
    NameRow("Solu Cortane", "brand", ("estradiol",)),
    NameRow("Insulin B zinc", "brand", ("insulin-lispro",)),
)


def product(cis: str, title: str, routes: str, substances: str, atc: str = "", flags: str = "") -> ProductRow:
    """A product; the form stands behind the comma of its title. Flags: `a` archived, `h` homeopathic."""
    form = title.rpartition(", ")[2]
    status = "archived" if "a" in flags else "active"
    return ProductRow(
        cis, title, form, split(routes), status, "1" if "h" in flags else "0", split(substances), atc, ("bdpm",)
    )


def split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split())


PRODUCTS = (
    product("60000001", "DOLIPRANE 1000 mg, comprimé", "oral", "paracetamol", "N02BE01"),
    product("60000002", "DOLIPRANE 300 mg, suppositoire", "rectal", "paracetamol", "N02BE01", "a"),
    product("60000003", "COUMADINE 5 mg, comprimé sécable", "oral", "warfarin", "B01AA03"),
    product("60000004", "VIEUXFARINE 2 mg, comprimé", "oral", "warfarin", "B01AA03", "a"),
    product("60000005", "ARNICA MONTANA BOIRON, degré de dilution compris entre 4CH et 30CH", "oral", "", "", "h"),
    product("60000006", "SEDATIF PC, comprimé", "oral", "", "", "h"),
    product("60000007", "VOLTALOCAL 1 %, gel", "cutaneous", "diclofenac", "M02AA15"),
    product("60000008", "MYSTERINE 10 mg, gélule", "oral", "?12345 paracetamol"),
    product("60000009", "VIDINE, solution", "oral", "", "A12AX01"),
    product(
        "60000010",
        "AMOXICILLINE/ACIDE CLAVULANIQUE TEVA 1 g/125 mg, poudre",
        "oral",
        "amoxicillin clavulanic-acid",
        "J01CR02",
    ),
    product("60000011", "CALCIUM VITAMINE D3 TEVA, comprimé", "oral", "calcium colecalciferol", "A12AX01"),
    product("60000012", "DAKTAROUTE 2 %, gel", "", "miconazole"),
    product("60000013", "PARACETAMOL CODEINE TEVA 500 mg/30 mg, comprimé", "oral", "codeine paracetamol", "N02AJ06"),
    product("60000014", "CLAMOXINE 500 mg, gélule", "oral", "amoxicillin", "J01CR02"),
    product("60000015", "RHUMEX 500 mg, comprimé", "oral", "paracetamol"),
    product("60000016", "RHUMEX 10 mg, comprimé", "oral", "cetirizine"),
)
PACKS = (PackRow("3400930000014", "3000001", "60000001", ()),)


def write_tables(folder: Path) -> Path:
    """Write the small tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for row_type, rows in ((SubstanceRow, SUBSTANCES), (NameRow, NAMES), (ProductRow, PRODUCTS), (PackRow, PACKS)):
        (folder / row_type.FILE).write_text(render_rows(rows, row_type), "utf-8", newline="\n")
    (folder / OtherRow.FILE).write_text(render_rows([OtherRow("Simvastilin")], OtherRow), "utf-8")
    return folder


@pytest.fixture(scope="session")
def small_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tables(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="session")
def small(small_tables: Path, data_dir: Path) -> Catalogue:
    """A catalogue of a few names made by hand."""
    return Catalogue.open(data_dir, tables=small_tables)


@pytest.fixture(scope="session")
def catalogue(data_dir: Path) -> Catalogue:
    """The embedded catalogue."""
    return Catalogue.open(data_dir)
