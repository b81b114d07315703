import pytest

from interactions.findings import PathNode
from interactions.graph import build_graph, explain, walk
from interactions.index import Present
from interactions.knowledge import Level
from medinfo.errors import KnowledgeError


def _path(book, interaction, a, b):
    return explain(build_graph([book.build()]), "book", interaction, a, b)


def test_a_finding_is_explained_by_its_path(book):
    book.side("nsaids", "ibuprofen").side("vka", "warfarin").states("nsaids", "vka", Level.AVOID)
    assert _path(book, "book:nsaids--vka", ("ibuprofen",), ("warfarin",)) == (
        PathNode("substance", "ibuprofen", "ibuprofen"),
        PathNode("class", "nsaids", "NSAIDS"),
        PathNode("interaction", "book:nsaids--vka", "book:nsaids--vka"),
        PathNode("class", "vka", "VKA"),
        PathNode("substance", "warfarin", "warfarin"),
    )


def test_a_substance_that_is_its_own_side_is_one_step(book):
    book.side("lithium", "lithium", kind="substance").side("nsaids", "ibuprofen")
    book.states("lithium", "nsaids", Level.AVOID)
    path = _path(book, "book:lithium--nsaids", ("lithium",), ("ibuprofen",))
    assert [node.id for node in path] == ["lithium", "book:lithium--nsaids", "nsaids", "ibuprofen"]


def test_a_side_that_extends_a_substance_to_others_is_a_step(book):
    book.side("valproate", "valproic-acid", "valpromide", kind="substance").side("x", "x", kind="substance")
    book.states("valproate", "x", Level.AVOID)
    path = _path(book, "book:valproate--x", ("valpromide",), ("x",))
    assert path[:2] == (PathNode("substance", "valpromide", "valpromide"), PathNode("class", "valproate", "VALPROATE"))


def test_a_side_that_is_a_substance_at_one_route_is_a_step(book):
    book.side("iron", "iron", kind="substance").side("injected", "iron", kind="substance", routes=("parenteral",))
    path = _path(book.states("injected", "iron", Level.AVOID), "book:injected--iron", ("iron",), ("iron",))
    assert [node.id for node in path] == ["iron", "injected", "book:injected--iron", "iron"]


def test_a_combination_is_one_step(book):
    book.side("co", "a", "b", kind="combination").side("x", "x", kind="substance").states("co", "x", Level.AVOID)
    path = _path(book, "book:co--x", ("a", "b"), ("x",))
    assert path[0] == PathNode("combination", "co", "CO")
    assert [node.kind for node in path] == ["combination", "interaction", "substance"]


def test_an_open_side_is_a_step(book):
    book.side("by-mouth", kind="open", routes=("oral",)).side("m", "macrogol").states("by-mouth", "m", Level.CONSIDER)
    path = _path(book, "book:by-mouth--m", ("digoxin",), ("macrogol",))
    assert path[:2] == (PathNode("substance", "digoxin", "digoxin"), PathNode("open", "by-mouth", "BY-MOUTH"))


@pytest.mark.parametrize(("a", "b"), [(("warfarin",), ("ibuprofen",)), (("unheard-of",), ("warfarin",))])
def test_a_path_that_is_not_in_the_graph_is_not_made_up(book, a, b):
    book.side("nsaids", "ibuprofen").side("vka", "warfarin").states("nsaids", "vka", Level.AVOID)
    with pytest.raises(KnowledgeError):
        _path(book, "book:nsaids--vka", a, b)


def test_each_source_keeps_its_own_sides(book, other_book):
    book.side("nsaids", "ibuprofen").side("vka", "warfarin").states("nsaids", "vka", Level.AVOID)
    other_book.side("nsaids", "celecoxib").side("vka", "warfarin").states("nsaids", "vka", Level.AVOID)
    graph = build_graph([book.build(), other_book.build()])
    found = walk(graph, [Present(name) for name in ("warfarin", "celecoxib")], lambda route: False)
    assert found == {(1, ("celecoxib",), ("warfarin",))}


def test_the_graph_says_where_an_interaction_is_stated(book):
    book.side("nsaids", "ibuprofen").side("vka", "warfarin").states("nsaids", "vka", Level.AVOID)
    graph = build_graph([book.build()])
    assert ("source", "book") in graph.succ[("interaction", "book", "book:nsaids--vka")]
    assert graph.nodes[("source", "book")]["source"].edition == "2023-09"


def test_both_sides_of_an_entry_may_be_one_class(book):
    book.side("nsaids", "ibuprofen", "ketoprofen").states("nsaids", "nsaids", Level.AVOID)
    found = walk(build_graph([book.build()]), [Present("ibuprofen"), Present("ketoprofen")], lambda route: False)
    assert found == {(0, ("ibuprofen",), ("ketoprofen",)), (0, ("ketoprofen",), ("ibuprofen",))}
