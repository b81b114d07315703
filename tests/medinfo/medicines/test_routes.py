"""Routes: found by code and by word, and which of them stay outside systemic interactions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.errors import KnowledgeError
from medinfo.medicines.build_text import key
from medinfo.medicines.importers.bdpm_reader import read_bdpm
from medinfo.medicines.routes import RouteRow, Routes
from medinfo.medicines.tables import data_folder, read_table, render_rows
from medinfo.phrases import LANGUAGES

LOCAL = {"auricular", "cutaneous", "intravitreal", "nasal", "ocular", "vaginal"}


@pytest.fixture(scope="module")
def routes() -> Routes:
    return Routes.load()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("oral", "oral"),
        ("Voie orale", "oral"),
        ("by mouth", "oral"),
        ("p.o.", "oral"),
        ("zum Einnehmen", "oral"),
        ("vía oral", "oral"),
        ("uso orale", "oral"),
        ("20053000", "oral"),
        ("20002500", "buccal"),
        ("20006000", None),  # endocervical: not on our list
        ("20067000", "sublingual"),
        ("Sublingual use", "sublingual"),
        ("IV", "intravenous"),
        ("Intravenous use", "intravenous"),
        ("intravenöse Anwendung", "intravenous"),
        ("endovenosa", "intravenous"),
        ("s.c.", "subcutaneous"),
        ("sous-cutanée", "subcutaneous"),
        ("collyre", "ocular"),
        ("Anwendung am Auge", "ocular"),
        ("Vía ótica", "auricular"),
        ("Anwendung auf der Haut", "cutaneous"),
        ("topical", "cutaneous"),
        ("rettale", "rectal"),
        ("Via retal", "rectal"),
        ("patch", "transdermal"),
        ("intra-articulaire", "intraarticular"),
        ("voie parentérale autre", "parenteral"),
        ("telepathic", None),
        ("", None),
    ],
)
def test_a_route_is_found_by_code_slug_or_words(routes: Routes, text: str, slug: str | None) -> None:
    assert routes.parse(text) == slug


def test_exactly_the_local_routes_are_local(routes: Routes) -> None:
    assert {slug for slug in routes.slugs if routes.is_local(slug)} == LOCAL


@pytest.mark.parametrize("slug", ["inhalation", "rectal", "buccal", "intraarticular", "transdermal", "dental", "?", ""])
def test_routes_that_may_lead_to_systemic_exposure_and_unknown_ones_are_not_local(routes: Routes, slug: str) -> None:
    assert not routes.is_local(slug)


def test_several_routes_in_one_text_are_all_found(routes: Routes) -> None:
    assert routes.parse_all("orale;rectale") == ("oral", "rectal")
    assert routes.parse_all("cutanée; cutanée") == ("cutaneous",)


def test_a_text_with_one_unknown_route_gives_none_at_all(routes: Routes) -> None:
    assert routes.parse_all("orale;telepathic") == ()


def test_every_route_has_a_text_in_every_language(routes: Routes) -> None:
    texts = [routes.text(slug, language) for slug in routes.slugs for language in LANGUAGES]
    assert all(texts)


def test_another_language_is_an_error(routes: Routes) -> None:
    with pytest.raises(KeyError):
        routes.text("oral", "la")


def test_no_word_or_code_means_two_routes() -> None:
    owners: dict[str, set[str]] = {}
    for row in read_table(RouteRow):
        for word in (row.slug, *row.edqm, row.en, row.fr, row.es, row.de, row.it, row.pt, *row.words):
            owners.setdefault(key(word), set()).add(row.slug)
    assert {word: slugs for word, slugs in owners.items() if len(slugs) > 1} == {}


def test_the_table_is_sorted_and_written_as_we_write_it() -> None:
    text = data_folder().joinpath(RouteRow.FILE).read_text("utf-8")
    assert text == render_rows(read_table(RouteRow), RouteRow)


def test_routes_are_read_from_another_folder_too(tmp_path: Path) -> None:
    row = RouteRow("oral", ("20053000",), "0", "oral", "orale", "oral", "oral", "orale", "oral", ("po",))
    (tmp_path / RouteRow.FILE).write_text(render_rows([row], RouteRow), "utf-8")
    assert Routes.load(tmp_path).slugs == ("oral",)


def test_a_table_of_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / RouteRow.FILE).write_text("slug\n", "utf-8")
    with pytest.raises(KnowledgeError):
        Routes.load(tmp_path)


@given(st.text(max_size=60))
def test_any_text_is_a_known_route_or_none(routes: Routes, text: str) -> None:
    assert routes.parse(text) in (*routes.slugs, None)


def test_every_route_of_the_register_is_known(routes: Routes, reference_data: Path) -> None:
    printed = {route for product in read_bdpm(reference_data / "bdpm").products for route in product.routes}
    assert len(printed) > 60
    assert {route for route in printed if routes.parse(route) is None} == set()
