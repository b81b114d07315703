"""Local routes are outside systemic interactions, but for those that the source names."""

import pytest

from interactions.findings import MedicineInput
from interactions.knowledge import Branch, Level

AVOID = Level.AVOID


@pytest.fixture
def azoles(book):
    book.side("azoles", "clotrimazole", "miconazole").side("vka", "warfarin")
    return book.states("azoles", "vka", AVOID)


def _shown(result):
    return len(result.findings), [one.judged.status for one in result.not_applicable]


def test_a_medicine_with_local_routes_only_is_not_applicable(azoles, desk):
    assert _shown(desk(azoles).check("clotrimazole @cutaneous,vaginal", "warfarin")) == (0, ["local_route"])


@pytest.mark.parametrize("name", ["clotrimazole", "clotrimazole @oral", "clotrimazole @cutaneous,oral"])
def test_an_unknown_or_a_systemic_route_counts(azoles, desk, name):
    assert _shown(desk(azoles).check(name, "warfarin")) == (1, [])


def test_a_route_as_typed_counts_where_the_product_has_none(azoles, desk):
    result = desk(azoles).check(MedicineInput("clotrimazole", route="cutaneous"), "warfarin")
    assert (_shown(result), result.medicines[0].routes) == ((0, ["local_route"]), ("cutaneous",))


def test_a_route_as_typed_chooses_among_those_of_the_product(azoles, desk):
    item = MedicineInput("clotrimazole @cutaneous,oral", route="cutaneous")
    assert _shown(desk(azoles).check(item, "warfarin")) == (0, ["local_route"])


def test_a_route_as_typed_that_the_product_does_not_have_excludes_nothing(azoles, desk):
    result = desk(azoles).check(MedicineInput("clotrimazole @oral", route="cutaneous"), "warfarin")
    assert (_shown(result), result.medicines[0].routes) == ((1, []), ("cutaneous", "oral"))


def test_a_route_as_typed_that_is_not_understood_leaves_the_route_unknown(azoles, desk):
    result = desk(azoles).check(MedicineInput("clotrimazole @cutaneous", route="?"), "warfarin")
    assert (_shown(result), result.medicines[0].routes) == ((1, []), ())


def test_a_substance_that_the_source_excepts_counts_at_any_route(azoles, desk):
    azoles.local("*", substance="miconazole")
    assert _shown(desk(azoles).check("miconazole @cutaneous", "warfarin")) == (1, [])
    assert _shown(desk(azoles).check("clotrimazole @cutaneous", "warfarin")) == (0, ["local_route"])


@pytest.fixture
def timolol(book):
    book.side("beta-blockers", "timolol", "propranolol").side("verapamil", "verapamil", kind="substance")
    book.side("timolol-alone", "timolol").states("timolol-alone", "verapamil", AVOID)
    return book.local("ocular", side="beta-blockers")


def test_an_exception_of_a_class_holds_for_its_members_in_all_their_interactions(timolol, desk):
    assert _shown(desk(timolol).check("timolol @ocular", "verapamil")) == (1, [])


def test_an_exception_holds_for_its_routes_only(timolol, desk):
    assert _shown(desk(timolol).check("timolol @cutaneous", "verapamil")) == (0, ["local_route"])


def test_exceptions_of_one_substance_add_up(timolol, desk):
    timolol.local("nasal", substance="timolol")
    assert _shown(desk(timolol).check("timolol @nasal", "verapamil")) == (1, [])
    assert _shown(desk(timolol).check("timolol @ocular", "verapamil")) == (1, [])


def test_a_side_limited_to_a_local_route_counts_at_it(book, desk):
    book.side("nasal", "phenylephrine", routes=("oral", "nasal")).side("maoi", "iproniazid")
    book.states("maoi", "nasal", AVOID)
    assert _shown(desk(book).check("phenylephrine @nasal", "iproniazid")) == (1, [])
    assert _shown(desk(book).check("phenylephrine @ocular", "iproniazid")) == (0, ["local_route"])


def test_a_member_limited_to_a_local_route_counts_at_it(book, desk):
    book.side("nasal").member("nasal", "phenylephrine", "nasal").side("maoi", "iproniazid")
    book.states("maoi", "nasal", AVOID)
    assert _shown(desk(book).check("phenylephrine @nasal", "iproniazid")) == (1, [])


def test_vaginal_medicines_count_with_spermicides(book, desk):
    book.side("spermicides", "nonoxinol").side("vaginal", kind="open", routes=("vaginal",))
    book.states("spermicides", "vaginal", AVOID).local("vaginal", side="spermicides")
    assert _shown(desk(book).check("nonoxinol @vaginal", "estriol @vaginal")) == (1, [])


def test_only_the_inputs_that_take_part_are_named(azoles, desk):
    (finding,) = desk(azoles).check("clotrimazole @cutaneous", "warfarin", "clotrimazole @oral").findings
    assert finding.inputs == ((2,), (1,))


def test_all_inputs_are_named_where_none_takes_part(azoles, desk):
    (one,) = desk(azoles).check("clotrimazole @cutaneous", "warfarin", "clotrimazole @vaginal").not_applicable
    assert one.inputs == ((0, 2), (1,))


def test_a_local_and_an_excluded_medicine_together_are_excluded_by_condition(book, desk):
    book.side("azoles", "x").side("vka", "warfarin").condition("by-mouth", "route:oral@x")
    book.states("azoles", "vka", Branch(AVOID, "AVOID", "by-mouth"))
    result = desk(book).check("x @cutaneous", "x @intravenous", "warfarin")
    assert _shown(result) == (0, ["condition_excluded"])


@pytest.fixture
def combination(book):
    book.side("co", "a", "b", kind="combination").side("vka", "warfarin")
    return book.states("co", "vka", AVOID)


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        (["a+b @cutaneous"], (0, ["local_route"])),
        (["a+b @oral"], (1, [])),
        (["a+b @cutaneous", "a @oral"], (1, [])),
        (["a+b @cutaneous", "a"], (1, [])),
        (["a @cutaneous", "b @vaginal"], (0, ["local_route"])),
    ],
)
def test_a_combination_is_local_only_if_all_its_medicines_are(combination, desk, listed, shown):
    assert _shown(desk(combination).check(*listed, "warfarin")) == shown


def test_an_exception_of_one_member_of_a_combination_is_enough(combination, desk):
    combination.local("*", substance="b")
    assert _shown(desk(combination).check("a+b @cutaneous", "warfarin")) == (1, [])
