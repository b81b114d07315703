"""Readers of the lists of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.medicines.build_sources import (
    EnglishDrug,
    EnglishName,
    read_atc_french,
    read_drugbank,
    read_english_names,
    read_romedi_brands,
    read_thesaurus_names,
    read_worldvista,
)

DRUGBANK = """Column1;Column2;Column3;Column4;Column5;Column6;Column7
DrugBank ID;Accession Numbers;Common name;CAS;UNII;Synonyms;Standard InChI Key
DB00682;APRD00341;Warfarin;81-81-2;5Q7ZVV76EI;Warfarina | Warfarine;PJVWKTKQMONHTI
DB00180;APRD00031;Flunisolide;3.03.3385;78M02AA8KF;;
DB09999;EXPT01111;Something;;;;
"""

# As the published file is: names left empty, a drug that is not closed, codes that are no codes.
BROKEN = """<CLASSES>
<CLASS name="X">
<DRUG name="" rxnorm="3992">
<DRUG name="DOPAMINE" rxnorm="3628">
<ATC code="C01CA04" />
</DRUG>
<DRUG name="" rxnorm="7512">
<ATC code="C01CA03" />
</CLASS>
<DRUG name="Dexketoprofen " rxnorm="237162">
<ATC code="for" />
<ATC code="M01AE17" />
</DRUG>
"""


def test_drugbank_is_read_below_its_two_head_rows(tmp_path: Path) -> None:
    (tmp_path / "drugbank-open-vocabulary.csv").write_text(DRUGBANK, "utf-8")
    warfarin, flunisolide, other = read_drugbank(tmp_path)
    assert (warfarin.name, warfarin.cas, warfarin.unii) == ("Warfarin", "81-81-2", "5Q7ZVV76EI")
    assert warfarin.synonyms == ("Warfarina", "Warfarine")
    assert flunisolide.cas == "3385-03-3"  # a spreadsheet had made a date of it
    assert (other.experimental, other.synonyms) == (True, ())


def test_a_broken_list_of_the_thesaurus_is_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "all_eng_classes_sept2016.xml").write_text(BROKEN, "utf-8")
    (tmp_path / "all_eng_tables_sept2016.xml").write_text('<DRUG name="DOPAMINE" rxcui="3628">\n</DRUG>\n', "utf-8")
    assert read_worldvista(tmp_path) == (
        EnglishDrug("Dexketoprofen", "237162", ("M01AE17",)),
        EnglishDrug("Dopamine", "3628", ("C01CA04",)),
    )


def test_a_code_that_is_not_there_is_empty(tmp_path: Path) -> None:
    (tmp_path / "rxnorm_mappings.tsv").write_text("substance\tRxNorm\nwarfarine\t11289\naltizide\tNA\n", "utf-8")
    (tmp_path / "wikidata_mappings.tsv").write_text("substance\twikidata\nwarfarine\tQ407431\nor\tQ897\n", "utf-8")
    found = {row.name: row.rxcui for row in read_thesaurus_names(tmp_path)}
    assert found == {"warfarine": "11289", "altizide": "", "or": ""}


def test_only_brands_of_romedi_are_read(tmp_path: Path) -> None:
    lines = ["http://x#BN1\tBN\tABUFENE", "http://x#IN1\tIN\tbeta alanine", "http://x#BN2\tBN\tABUFENE"]
    (tmp_path / "romedi-terms.csv").write_bytes("\r\n".join(lines).encode())
    assert read_romedi_brands(tmp_path) == ("ABUFENE",)


def test_french_names_by_atc(tmp_path: Path) -> None:
    (tmp_path / "atc-to-french-names.json").write_text('{"B01AA03": ["COUMADINE", "warfarine"]}', "utf-8")
    assert read_atc_french(tmp_path) == {"B01AA03": ("COUMADINE", "warfarine")}


@pytest.mark.parametrize("source", ["wikipedia", "medlineplus"])
def test_english_names(tmp_path: Path, source: str) -> None:
    text = 'id,Common name,Synonyms\n1,Warfarin,Coumadin|Jantoven\n2,"Abacavir, Lamivudine, and Zidovudine",\n'
    (tmp_path / f"{source}-drug-synonyms.csv").write_text(text, "utf-8")
    assert read_english_names(tmp_path, source) == (
        EnglishName("Warfarin", ("Coumadin", "Jantoven")),
        EnglishName("Abacavir, Lamivudine, and Zidovudine", ()),
    )
