import pytest

from interactions.index import Index, Present
from interactions.knowledge import Level


def _find(book, routes, *present):
    items = [item if isinstance(item, Present) else Present(item) for item in present]
    return sorted(Index.build([book.build()], routes.is_local).find(items))


@pytest.fixture
def nsaids(book):
    book.side("nsaids", "aspirin", "ibuprofen").side("vka", "warfarin").side("aspirin", "aspirin", kind="substance")
    return book.states("nsaids", "vka", Level.AVOID).states("nsaids", "nsaids", Level.CAUTION)


def test_a_pair_meets_by_its_classes(nsaids, routes):
    assert _find(nsaids, routes, "warfarin", "ibuprofen") == [(0, ("ibuprofen",), ("warfarin",))]


def test_the_first_party_stands_on_side_a_whatever_its_name(book, routes):
    book.side("z", "zinc").side("a", "amoxicillin").states("z", "a", Level.AVOID)
    assert _find(book, routes, "amoxicillin", "zinc") == [(0, ("zinc",), ("amoxicillin",))]


def test_a_substance_never_meets_itself(nsaids, routes):
    assert _find(nsaids, routes, "aspirin") == []


def test_others_of_a_class_needs_two_different_members(nsaids, routes):
    assert _find(nsaids, routes, "aspirin", "ibuprofen") == [
        (1, ("aspirin",), ("ibuprofen",)),
        (1, ("ibuprofen",), ("aspirin",)),
    ]


def test_a_substance_on_both_sides_meets_the_others_only(book, routes):
    book.side("qt", "amiodarone", "sotalol").side("antiarrhythmics", "amiodarone")
    book.states("antiarrhythmics", "qt", Level.CONTRAINDICATED)
    assert _find(book, routes, "amiodarone") == []
    assert _find(book, routes, "amiodarone", "sotalol") == [(0, ("amiodarone",), ("sotalol",))]


def test_a_pair_meets_in_every_way_that_the_source_states(nsaids, routes):
    nsaids.states("aspirin", "vka", Level.CONTRAINDICATED)
    assert [hit[0] for hit in _find(nsaids, routes, "warfarin", "aspirin")] == [0, 2]


@pytest.mark.parametrize("listed", [[], ["unheard-of"], ["warfarin"], ["warfarin", "unheard-of"]])
def test_a_list_without_a_stated_pair_meets_nothing(nsaids, routes, listed):
    assert _find(nsaids, routes, *listed) == []


def test_interactions_are_numbered_over_all_sources(nsaids, other_book, routes):
    other_book.side("warfarin", "warfarin", kind="substance").side("ibuprofen", "ibuprofen", kind="substance")
    other_book.states("ibuprofen", "warfarin", Level.CAUTION)
    index = Index.build([nsaids.build(), other_book.build()], routes.is_local)
    hits = sorted(index.find([Present("warfarin"), Present("ibuprofen")]))
    assert [(index.interactions[hit[0]][0], hit[0]) for hit in hits] == [(0, 0), (1, 2)]


def test_it_covers_what_stands_in_a_side(nsaids, routes):
    index = Index.build([nsaids.build()], routes.is_local)
    assert index.covers("warfarin")
    assert not index.covers("unheard-of")


@pytest.fixture
def combination(book):
    book.side("cotrimoxazole", "sulfamethoxazole", "trimethoprim", kind="combination")
    book.side("methotrexate", "methotrexate", kind="substance")
    return book.states("cotrimoxazole", "methotrexate", Level.CONTRAINDICATED)


def test_a_combination_needs_all_its_members(combination, routes):
    both = ("sulfamethoxazole", "trimethoprim")
    assert _find(combination, routes, "trimethoprim", "methotrexate") == []
    assert _find(combination, routes, "methotrexate", *both) == [(0, both, ("methotrexate",))]


def test_a_combination_never_meets_its_own_members(combination, routes):
    combination.side("antifolates", "trimethoprim", "pyrimethamine").states("antifolates", "cotrimoxazole", Level.AVOID)
    found = _find(combination, routes, "sulfamethoxazole", "trimethoprim", "pyrimethamine")
    assert found == [(1, ("pyrimethamine",), ("sulfamethoxazole", "trimethoprim"))]


def test_two_combinations_meet(combination, routes):
    combination.side("boosted", "lopinavir", "ritonavir", kind="combination")
    combination.states("boosted", "cotrimoxazole", Level.CAUTION)
    listed = ("ritonavir", "lopinavir", "trimethoprim", "sulfamethoxazole")
    found = _find(combination, routes, *listed)
    assert found == [(1, ("lopinavir", "ritonavir"), ("sulfamethoxazole", "trimethoprim"))]


def test_a_combination_with_a_member_without_a_name_of_ours_is_never_complete(combination, routes):
    combination.member("cotrimoxazole", "", printed="unheard of")
    assert _find(combination, routes, "sulfamethoxazole", "trimethoprim", "methotrexate") == []


@pytest.fixture
def laxative(book):
    book.side("laxatives", "macrogol").side("by-mouth", kind="open", routes=("oral",))
    return book.states("laxatives", "by-mouth", Level.CONSIDER)


@pytest.mark.parametrize(
    ("taken", "met"),
    [
        ((("oral",),), True),
        (((),), True),  # unknown counts as systemic, so it may be by mouth
        ((("oral", "rectal"),), True),
        ((("intravenous",),), False),
        ((("ocular",),), False),
        ((("ocular",), ("oral",)), True),
        ((("ocular",), ()), True),
    ],
)
def test_an_open_side_is_whatever_may_be_taken_by_its_route(laxative, routes, taken, met):
    found = _find(laxative, routes, "macrogol", Present("digoxin", taken))
    assert found == ([(0, ("macrogol",), ("digoxin",))] if met else [])


def test_an_open_side_needs_its_partner(laxative, routes):
    assert _find(laxative, routes, Present("digoxin", (("oral",),)), Present("warfarin", (("oral",),))) == []


@pytest.mark.parametrize(
    ("taken", "met"), [((("vaginal",),), True), ((("vaginal", "oral"),), True), (((),), False), ((("oral",),), False)]
)
def test_an_open_side_of_local_routes_needs_the_route_to_be_stated(book, routes, taken, met):
    book.side("spermicides", "nonoxinol").side("vaginal", kind="open", routes=("vaginal",))
    book.states("spermicides", "vaginal", Level.AVOID)
    found = _find(book, routes, "nonoxinol", Present("estriol", taken))
    assert found == ([(0, ("nonoxinol",), ("estriol",))] if met else [])


def test_two_open_sides_meet(book, routes):
    book.side("by-mouth", kind="open", routes=("oral",)).side("on-skin", kind="open", routes=("cutaneous",))
    book.states("by-mouth", "on-skin", Level.CONSIDER)
    found = _find(book, routes, Present("digoxin", (("oral",),)), Present("estriol", (("cutaneous",),)))
    assert found == [(0, ("digoxin",), ("estriol",))]


def test_a_combination_meets_an_open_side(combination, routes):
    combination.side("by-mouth", kind="open", routes=("oral",)).states("by-mouth", "cotrimoxazole", Level.CONSIDER)
    both = ("sulfamethoxazole", "trimethoprim")
    assert _find(combination, routes, "digoxin", *both) == [(1, ("digoxin",), both)]


def test_the_compiled_index_answers_as_the_one_in_memory(nsaids, routes, tmp_path):
    listed = [Present(name) for name in ("warfarin", "aspirin", "ibuprofen")]
    built = Index.build([nsaids.build()], routes.is_local).find(listed)
    assert Index.open([nsaids.build()], routes.is_local, tmp_path).find(listed) == built
    assert Index.open([nsaids.build()], routes.is_local, tmp_path).find(listed) == built


def test_the_index_is_compiled_once_per_content(nsaids, routes, tmp_path):
    Index.open([nsaids.build()], routes.is_local, tmp_path)
    (home,) = tmp_path.glob("[!.]*")
    before = {file.name: file.stat().st_mtime_ns for file in home.iterdir()}
    Index.open([nsaids.build()], routes.is_local, tmp_path)
    assert {file.name: file.stat().st_mtime_ns for file in home.iterdir()} == before
    nsaids.member("vka", "fluindione")
    Index.open([nsaids.build()], routes.is_local, tmp_path)
    assert len(list(tmp_path.glob("[!.]*"))) == 2


def test_the_compiled_files_hold_no_pickle(nsaids, routes, tmp_path):
    Index.open([nsaids.build()], routes.is_local, tmp_path)
    assert all(b"'|O'" not in file.read_bytes()[:128] for file in tmp_path.rglob("*.npy"))


def test_damaged_arrays_are_compiled_anew(nsaids, routes, tmp_path):
    Index.open([nsaids.build()], routes.is_local, tmp_path)
    next(tmp_path.rglob("matrix.npy")).write_bytes(b"damaged")
    found = Index.open([nsaids.build()], routes.is_local, tmp_path).find([Present("warfarin"), Present("ibuprofen")])
    assert found == [(0, ("ibuprofen",), ("warfarin",))]


def test_a_folder_that_cannot_be_written_is_said(nsaids, routes, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OSError, match="file"):
        Index.open([nsaids.build()], routes.is_local, blocked)
