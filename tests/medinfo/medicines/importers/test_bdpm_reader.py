"""Reading the register as it is published: encodings, shapes, faults."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from medinfo.errors import UnusableSource
from medinfo.medicines.importers.bdpm_reader import read_bdpm

CIS = (
    "60002283\tANASTROZOLE ACCORD 1 mg, comprimé pelliculé\tcomprimé pelliculé\torale\tAutorisation active\t"
    "Procédure nationale\tCommercialisée\t16/03/2011\t\t\t ACCORD\tNon"
)
COMPO = "60002283\tcomprimé\t42215\tANASTROZOLE\t1,00 mg\tun comprimé\tSA\t1"
CIP = (
    "60002283\t4949729\tplaquette de 30\tPrésentation active\tDéclaration\t16/03/2011\t3400949497294\toui\t100%\t"
    "24\t25\t1\t"
)
MITM = "60002283\tL02BG03\tANASTROZOLE\thttp://x"


def write(folder: Path, *, encoding: str = "cp1252", end: str = "\r\n", **files: str) -> Path:
    contents = {"CIS_bdpm": CIS, "CIS_COMPO_bdpm": COMPO, "CIS_CIP_bdpm": CIP, "CIS_MITM": MITM, **files}
    for name, text in contents.items():
        if text:
            (folder / f"{name}.txt").write_bytes((text.replace("\n", end) + end).encode(encoding))
    return folder


@pytest.mark.parametrize(("encoding", "end"), [("cp1252", "\r\n"), ("utf-8", "\n"), ("utf-8-sig", "\r\n")])
def test_each_file_is_read_in_its_own_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    register = read_bdpm(write(tmp_path, encoding=encoding, end=end))
    assert register.products[0].title == "ANASTROZOLE ACCORD 1 mg, comprimé pelliculé"
    assert register.components[0].element == "comprimé"
    assert (register.packs[0].cip7, register.packs[0].cip13) == ("4949729", "3400949497294")
    assert register.atc == {"60002283": "L02BG03"}
    assert register.faults == ()


def test_atc_codes_are_not_required(tmp_path: Path) -> None:
    assert read_bdpm(write(tmp_path, CIS_MITM="")).atc == {}


@pytest.mark.parametrize("name", ["CIS_bdpm", "CIS_COMPO_bdpm", "CIS_CIP_bdpm"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableSource, match=name):
        read_bdpm(write(tmp_path, **{name: ""}))


@pytest.mark.parametrize(
    "text", ["something else altogether", "a\tb\tc", "60002283\t4949729", "\0\0\0", CIP.replace("294\t", "295\t")]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnusableSource):
        read_bdpm(write(tmp_path, CIS_CIP_bdpm=text))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource):
        read_bdpm(write(tmp_path, CIS_COMPO_bdpm="\n\n"))


def test_a_few_rows_that_cannot_be_read_are_reported_with_their_line(tmp_path: Path) -> None:
    good = [CIP.replace("3400949497294", _ean(f"34009300{n:04}")).replace("4949729", f"300{n:04}") for n in range(40)]
    register = read_bdpm(write(tmp_path, CIS_CIP_bdpm="\n".join([*good, "60002283\tbroken"])))
    assert len(register.packs) == 40
    assert [(fault.file, fault.line) for fault in register.faults] == [("CIS_CIP_bdpm.txt", 41)]
    assert "columns" in register.faults[0].reason


def _ean(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def test_a_short_pack_code_that_is_not_in_the_long_one_is_a_fault(tmp_path: Path) -> None:
    lines = "\n".join([CIP] * 30 + [CIP.replace("\t4949729\t", "\t4949770\t")])
    assert "middle" in read_bdpm(write(tmp_path, CIS_CIP_bdpm=lines)).faults[0].reason


def test_rows_of_unknown_products_are_reported(tmp_path: Path) -> None:
    register = read_bdpm(write(tmp_path, CIS_COMPO_bdpm=f"{COMPO}\n{COMPO.replace('60002283', '69999999')}"))
    assert [fault.reason for fault in register.faults] == ["rows of 69999999, which is no product of the register"]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    with (tmp_path / "CIS_bdpm.txt").open("r+b") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(UnusableSource, match="larger"):
        read_bdpm(tmp_path)


def test_the_edition_is_the_last_month_with_many_packs_and_not_a_misprint(tmp_path: Path) -> None:
    lines = [CIP] * 12 + [CIP.replace("16/03/2011", "01/01/2924"), CIP.replace("16/03/2011", "")]
    assert read_bdpm(write(tmp_path, CIS_CIP_bdpm="\n".join(lines))).edition == "2011-03"


def test_the_published_register_is_read_whole(reference_data: Path) -> None:
    register = read_bdpm(reference_data / "bdpm")
    assert len(register.products) == 15_848
    assert len(register.components) == 32_389
    assert len(register.packs) == 20_903
    assert len(register.atc) == 7_711
    assert register.edition == "2026-04"
    assert {fault.file for fault in register.faults} == {"CIS_CIP_bdpm.txt"}  # four packs of products not listed
    assert len(register.faults) == 4
    assert Counter(product.archived for product in register.products)[True] == 1_000
