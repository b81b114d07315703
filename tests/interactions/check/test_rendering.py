"""The result in words: the API's shape, authored phrases, nothing invented and nothing left out."""

from dataclasses import replace

import pytest

from api.shapes import CheckOut
from interactions.findings import MedicineInput
from interactions.knowledge import Branch, Level
from interactions.rendering import Renderer, default_renderer, render
from medinfo.medicines.model import Candidate, Resolution, Substance
from medinfo.phrases import LANGUAGES, Phrases

CI, AVOID, CAUTION, CONSIDER = Level


@pytest.fixture
def anticoagulants(book):
    book.side("nsaids", "aspirin", "ibuprofen").side("vka", "warfarin").side("herbs", "hypericum")
    return book.states("nsaids", "vka", AVOID).states("herbs", "vka", CI)


def _plain_renderer(**conditions: str) -> Renderer:
    """Embedded phrases, and conditions and classes of the test's own."""
    texts = {language: {name.replace("__", "."): text for name, text in conditions.items()} for language in LANGUAGES}
    return Renderer(Phrases.load("interactions"), Phrases(texts), lambda slug, language: f"<{slug}>")


@pytest.fixture
def everything(anticoagulants, desk):
    """A result with something in every field."""
    anticoagulants.condition("ulcer", "fact:history").states("herbs", "nsaids", Branch(CONSIDER, "APEC", "ulcer"))
    result = desk(anticoagulants).check(
        "warfarin", "ibuprofen+codeine", "ibuprofen", "hypericum", "aspirin @cutaneous", "?typo", "~either", "hom"
    )
    return result


def _render(result, language="en", **conditions):
    return _plain_renderer(**{"condition__ulcer": "with an ulcer", **conditions}).render(result, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_has_exactly_the_shape_of_the_api(everything, language):
    rendered = _render(everything, language)
    assert CheckOut.model_validate(rendered).model_dump(mode="json") == rendered
    assert all(rendered[field] for field in rendered)


def test_a_finding_carries_level_source_and_path(anticoagulants, desk):
    (found,) = _render(desk(anticoagulants).check("ibuprofen", "warfarin"))["interactions"]
    assert (found["level"], found["level_text"]) == ("avoid", "Avoid the combination")
    assert found["between"] == [
        {"id": "ibuprofen", "name": "ibuprofen", "inputs": [0]},
        {"id": "warfarin", "name": "warfarin", "inputs": [1]},
    ]
    assert found["sources"] == [
        {
            "id": "book",
            "publisher": "Publisher",
            "title": "Title",
            "edition": "2023-09",
            "page": 7,
            "pages": [7, 9],
            "quote": None,
        }
    ]
    assert [node["name"] for node in found["path"]] == ["ibuprofen", "NSAIDS", "NSAIDS + VKA", "VKA", "warfarin"]


def test_a_class_is_named_by_our_phrase_where_there_is_one(anticoagulants, desk):
    rendered = _render(desk(anticoagulants).check("ibuprofen", "warfarin"), class__vka="vitamin K antagonists")
    path = [node["name"] for node in rendered["interactions"][0]["path"]]
    assert path == ["ibuprofen", "NSAIDS", "NSAIDS + vitamin K antagonists", "vitamin K antagonists", "warfarin"]


def test_an_interaction_of_substances_is_named_by_their_inn(book, desk):
    book.side("li", "lithium", kind="substance").side("ib", "ibuprofen", kind="substance").states("ib", "li", AVOID)
    (found,) = _render(desk(book).check("lithium", "ibuprofen"))["interactions"]
    assert [node["name"] for node in found["path"]] == ["ibuprofen", "ibuprofen + lithium", "lithium"]


def test_names_are_in_the_language_asked_for(anticoagulants, desk):
    result = desk(anticoagulants).check("ibuprofen", "warfarin")
    french = Substance("ibuprofen", {"en": "ibuprofen", "fr": "ibuprofène"}, atc=("M01AE01",), rxnorm=("5640",))
    finding = result.findings[0]
    between = (replace(finding.judged.between[0], substance=french), finding.judged.between[1])
    result = _with(result, replace(finding.judged, between=between))
    assert [p["name"] for p in _render(result, "fr")["interactions"][0]["between"]] == ["ibuprofène", "warfarin"]
    assert [p["name"] for p in _render(result, "de")["interactions"][0]["between"]] == ["ibuprofen", "warfarin"]


def _with(result, judged):
    """The result with another judgement on its one finding."""
    return replace(result, findings=(replace(result.findings[0], judged=judged),))


def _stated(desk, anticoagulants, **changes):
    """What is rendered of the pair when the source states something else of it."""
    result = desk(anticoagulants).check("ibuprofen", "warfarin")
    finding = result.findings[0]
    changed = replace(finding.judged, interaction=replace(finding.judged.interaction, **changes))
    return _render(_with(result, changed))["interactions"][0]


def test_texts_are_the_phrases_of_the_codes(anticoagulants, desk):
    found = _stated(desk, anticoagulants, effects=("overdose-risk", "increased-toxicity"))
    assert found["effect"] == {
        "codes": ["overdose-risk", "increased-toxicity"],
        "text": "Risk of overdose. Increased toxicity.",
    }


def test_an_entry_in_no_category_sends_the_reader_to_the_page(anticoagulants, desk):
    found = _stated(desk, anticoagulants, effects=(), mechanisms=())
    assert found["effect"] == {"codes": [], "text": "See the source, page 7"}
    assert found["mechanism"] == {"codes": [], "text": "See the source, page 7"}


def test_no_advice_is_invented_where_the_source_gives_none(anticoagulants, desk):
    assert _stated(desk, anticoagulants, advice=())["advice"] == {"codes": [], "text": ""}


def test_a_substance_at_one_route_is_named_by_its_side(book, desk):
    book.side("iron", "iron", kind="substance").side("injected", "iron", kind="substance", routes=("intravenous",))
    (found,) = _render(desk(book.states("injected", "iron", AVOID)).check("iron @oral", "iron @intravenous"))[
        "interactions"
    ]
    assert [node["name"] for node in found["path"]] == ["iron", "INJECTED", "INJECTED + iron", "iron"]


@pytest.mark.parametrize(
    ("dose_of", "said"),
    [
        ("a", "Adjust the dose. Dose concerned: ibuprofen."),
        ("b", "Adjust the dose. Dose concerned: warfarin."),
        ("both", "Adjust the dose. Doses concerned: ibuprofen; warfarin."),
        ("", "Adjust the dose."),
    ],
)
def test_whose_dose_the_advice_speaks_of_is_said(anticoagulants, desk, dose_of, said):
    found = _stated(desk, anticoagulants, advice=("adjust-dose",), dose_of=dose_of)
    assert found["advice"]["text"] == said


def test_no_dose_is_spoken_of_beside_advice_on_something_else(anticoagulants, desk):
    found = _stated(desk, anticoagulants, advice=("monitor-clinically",), dose_of="a")
    assert found["advice"]["text"] == "Monitor clinically."


def test_conditions_are_not_asked_to_be_read_where_none_is_left(anticoagulants, desk):
    found = _stated(desk, anticoagulants, advice=("level-depends-on-condition", "monitor-inr"))
    assert found["advice"]["codes"] == ["monitor-inr"]


def test_no_dose_is_spoken_of_without_advice(anticoagulants, desk):
    assert _stated(desk, anticoagulants, advice=(), dose_of="a")["advice"] == {"codes": [], "text": ""}


def _advised(book, desk, dose: str, language: str = "en"):
    """Two levels with advice at each and at both, of which a known dose leaves some."""
    book.side("aspirin", "aspirin").side("vka", "warfarin").condition("high", "dose:aspirin:>=:3:g/day")
    book.states("aspirin", "vka", Branch(AVOID, "AD", "high"), CAUTION)
    advice = ("use-alternative", "monitor-inr", "monitor-clinically")
    limited = ("use-alternative@avoid", "monitor-clinically@caution")
    book.interactions = [replace(book.interactions[0], advice=advice, advice_levels=limited)]
    result = desk(book).check(MedicineInput("aspirin", dose=dose), "warfarin")
    return _render(result, language, condition__high="from 3 g a day")["interactions"][0]["advice"]


def test_advice_of_one_level_stands_below_its_name(book, desk):
    phrases = Phrases.load("interactions")
    both, avoid, caution = (
        phrases.text("en", f"advice.{code}") for code in ("monitor-inr", "use-alternative", "monitor-clinically")
    )
    advice = _advised(book, desk, "")
    assert advice["codes"] == ["use-alternative", "monitor-inr", "monitor-clinically"]
    assert advice["text"] == f"{both} Avoid the combination: {avoid} Precaution for use: {caution}"


def test_french_sets_a_space_before_the_colon(book, desk):
    assert "Association déconseillée : " in _advised(book, desk, "", "fr")["text"]


def test_advice_of_a_level_that_is_excluded_is_not_given(book, desk):
    advice = _advised(book, desk, "75 mg/j")
    assert advice["codes"] == ["monitor-inr", "monitor-clinically"]
    assert "Avoid" not in advice["text"]


@pytest.mark.parametrize(
    ("affected", "said"),
    [
        ("a", "Risk of overdose. Affected: ibuprofen."),
        ("b", "Risk of overdose. Affected: warfarin."),
        ("both", "Risk of overdose. Affected: ibuprofen; warfarin."),
        ("", "Risk of overdose."),
    ],
)
def test_whose_effect_it_is_is_said_where_the_source_says_so(anticoagulants, desk, affected, said):
    assert _stated(desk, anticoagulants, effects=("overdose-risk",), affected=affected)["effect"]["text"] == said


@pytest.mark.parametrize(
    ("affected", "said"), [("a", "Risk of overdose."), ("both", "Risk of overdose. Affected: aspirin; ibuprofen.")]
)
def test_whose_effect_it_is_is_not_said_where_it_could_be_either(book, desk, affected, said):
    book.side("nsaids", "aspirin", "ibuprofen").states("nsaids", "nsaids", AVOID)
    stated = replace(book.interactions[0], effects=("overdose-risk",), affected=affected)
    book.interactions = [stated]
    (found,) = _render(desk(book).check("aspirin", "ibuprofen"))["interactions"]
    assert found["effect"]["text"] == said


def test_official_wording_is_quoted_once_it_is_imported(anticoagulants, desk):
    quoted = _stated(desk, anticoagulants, quote_mechanism="Mécanisme.", quote_advice="Conduite.")
    assert quoted["sources"][0]["quote"] == {"language": "und", "mechanism": "Mécanisme.", "advice": "Conduite."}


def test_the_thesaurus_is_quoted_in_french(desk, anticoagulants):
    result = desk(anticoagulants).check("ibuprofen", "warfarin")
    finding = result.findings[0]
    changed = replace(
        finding.judged,
        source=replace(finding.judged.source, id="ansm-thesaurus"),
        interaction=replace(finding.judged.interaction, quote_advice="Conduite."),
    )
    rendered = _render(_with(result, changed))["interactions"][0]
    assert rendered["sources"][0]["quote"]["language"] == "fr"


def test_a_branch_says_its_condition_and_what_would_decide(book, desk):
    book.side("nsaids", "aspirin", condition="low").side("vka", "warfarin")
    book.condition("low", "fact:dose").condition("ulcer", "fact:history")
    book.states("nsaids", "vka", Branch(AVOID, "AD", "ulcer", quote="en cas d'ulcère"), CAUTION)
    rendered = _render(desk(book).check("aspirin", "warfarin"), condition__low="at low doses")
    assert rendered["interactions"][0]["branches"] == [
        {
            "level": "avoid",
            "native_level": "AD",
            "condition": "At low doses; with an ulcer",
            "applies": None,
            "decided_by": ["dose", "history"],
            "quote": "en cas d'ulcère",
        },
        {
            "level": "caution",
            "native_level": "CAUTION",
            "condition": "At low doses",
            "applies": None,
            "decided_by": ["dose"],
            "quote": None,
        },
    ]


def test_an_unconditional_branch_has_no_condition(anticoagulants, desk):
    (found,) = _render(desk(anticoagulants).check("hypericum", "warfarin"))["interactions"]
    assert [(one["condition"], one["applies"], one["decided_by"]) for one in found["branches"]] == [("", True, [])]


def test_a_duplicate_names_the_medicines_as_typed(anticoagulants, desk):
    (found,) = _render(desk(anticoagulants).check("ibuprofen", "ibuprofen+codeine"))["duplicates"]
    assert (found["substance"], found["inputs"]) == ("ibuprofen", [0, 1])
    assert "ibuprofen, ibuprofen+codeine" in found["text"]


def test_a_local_route_is_named(anticoagulants, desk):
    rendered = _render(desk(anticoagulants).check("ibuprofen @cutaneous,ocular", "warfarin"))
    (found,) = rendered["not_applicable"]
    assert (found["id"], found["reason"]) == ("book:nsaids--vka", "local_route")
    assert "<cutaneous>, <ocular>" in found["text"]
    assert found["sources"][0]["page"] == 7


def test_the_conditions_that_exclude_are_named(book, desk):
    book.side("aspirin", "aspirin").side("vka", "warfarin").condition("high", "dose:aspirin:>=:3:g/day")
    book.states("aspirin", "vka", Branch(AVOID, "AD", "high"))
    result = desk(book).check(MedicineInput("aspirin", dose="75 mg/j"), "warfarin")
    (found,) = _render(result, condition__high="from 3 g a day")["not_applicable"]
    assert found["reason"] == "condition_excluded"
    assert "From 3 g a day" in found["text"]


def test_sides_that_are_limited_to_other_routes_are_named(book, desk):
    book.side("joint", "dexamethasone", routes=("intraarticular",)).side("vka", "warfarin").states("joint", "vka", CI)
    result = desk(book).check("dexamethasone @oral", "warfarin")
    (found,) = _render(result)["not_applicable"]
    assert "JOINT + VKA" in found["text"]


def test_what_is_not_covered_is_said_in_words(anticoagulants, desk):
    covered = _render(desk(anticoagulants).check("?typo", "~either", "hom", "nothing", "unheard-of"))["not_covered"]
    said = {(one["input"], one["substance"], one["reason"]): one["message"] for one in covered}
    assert "?typo" in said[0, None, "unknown"]
    assert "~either" in said[1, None, "ambiguous"]
    assert "hom" in said[2, None, "homeopathic"]
    assert "nothing" in said[3, None, "no_source"]
    assert "unheard-of" in said[4, "unheard-of", "no_source"]


def test_pairs_that_are_not_listed_are_not_called_safe(anticoagulants, other_book, desk):
    other_book.side("zinc", "zinc").states("zinc", "zinc", CI)
    listed = _render(desk(anticoagulants, other_book).check("ibuprofen", "hypericum"))["not_listed"]
    assert listed["pairs"] == [["hypericum", "ibuprofen"]]
    assert all(words in listed["text"] for words in ("2023-09", "2022-02", "4.5", "Not listed does not mean safe"))


def test_what_is_never_checked_is_always_there(anticoagulants, desk):
    rendered = _render(desk(anticoagulants).check())
    assert [one["code"] for one in rendered["not_checked"]] == ["allergy", "disease", "dose_range", "pregnancy"]
    assert all(one["text"] for one in rendered["not_checked"])
    assert rendered["notice"]


def test_an_old_edition_is_said_in_every_result(anticoagulants, other_book, desk):
    other_book.side("zinc", "zinc").states("zinc", "zinc", CI)
    recent, old = _render(desk(anticoagulants, other_book).check("warfarin"))["knowledge"]["sources"]
    assert (recent["edition"], recent["age_months"], recent["outdated"], recent["warning"]) == (
        "2023-09",
        5,
        False,
        None,
    )
    assert (old["edition"], old["age_months"], old["outdated"]) == ("2022-02", 25, True)
    assert "25 months" in old["warning"]


def test_candidates_are_shown(anticoagulants, desk):
    result = desk(anticoagulants).check("~either")
    near = Resolution("~either", "ambiguous", candidates=(Candidate("Either", ("either",), 91.5),))
    result = replace(result, medicines=(replace(result.medicines[0], resolution=near),))
    (medicine,) = _render(result)["medicines"]
    assert medicine["candidates"] == [{"name": "Either", "substances": ["either"], "score": 91.5}]


def test_rendering_twice_gives_the_same(everything):
    renderer = _plain_renderer(condition__ulcer="with an ulcer")
    assert renderer.render(everything, "en") == renderer.render(everything, "en")


def test_what_is_kept_for_one_interaction_is_not_shown_for_another(anticoagulants, desk):
    renderer = _plain_renderer()
    result = desk(anticoagulants).check("ibuprofen", "warfarin")
    finding = result.findings[0]
    for effect in ("overdose-risk", "increased-toxicity") * 3:
        changed = replace(finding.judged, interaction=replace(finding.judged.interaction, effects=(effect,)))
        rendered = renderer.render(_with(result, changed), "en")
        assert rendered["interactions"][0]["effect"]["codes"] == [effect]


def test_what_is_kept_is_bounded(anticoagulants, desk, monkeypatch):
    monkeypatch.setattr("interactions.wording.KEPT", 1)
    renderer = _plain_renderer()
    result = desk(anticoagulants).check("ibuprofen", "warfarin", "hypericum")
    first = renderer.render(result, "en")
    assert renderer.render(result, "en") == first


def test_a_language_that_is_not_ours_is_refused(everything):
    with pytest.raises(KeyError):
        _render(everything, "nl")


def test_the_embedded_phrases_are_read_once(anticoagulants, desk):
    result = desk(anticoagulants).check("warfarin")
    assert render(result, "fr")["notice"] == default_renderer().render(result, "fr")["notice"]
    assert default_renderer() is default_renderer()


def test_a_side_has_our_name_or_the_printed_one(anticoagulants):
    side = anticoagulants.build().sides["vka"]
    assert _plain_renderer(class__vka="vitamin K antagonists").side(side, "en") == "vitamin K antagonists"
    assert _plain_renderer().side(side, "en") == "VKA"
