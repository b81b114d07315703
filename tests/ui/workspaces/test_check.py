"""The workspace between a session and the API; the API's place is taken by an object of the client's shape."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from ui.answers import Answer, Hit
from ui.client import ApiClient, ApiError
from ui.session import Session
from ui.workspaces.check import CheckWorkspace

Make = Callable[..., Answer]
MakeMedicine = Callable[..., dict[str, Any]]


class Api(ApiClient):
    """Answers from memory, and remembers what was asked."""

    def __init__(self, respond: Callable[[Sequence[Mapping[str, str]]], Answer]) -> None:
        self.respond = respond
        self.lists: list[list[str]] = []
        self.languages: list[str] = []
        self.known: list[str] = []
        self.pause = asyncio.Event()
        self.pause.set()

    async def check(self, medicines: Sequence[Mapping[str, str]], language: str) -> Answer:
        await self.pause.wait()
        self.lists.append([medicine["name"] for medicine in medicines])
        self.languages.append(language)
        return self.respond(medicines)

    async def suggest(self, typed: str, language: str) -> list[Hit]:
        return [Hit(name=name, substances=[], kind="product", archived=False) for name in self.known]


@pytest.fixture
def api(make: Make, make_medicine: MakeMedicine) -> Api:
    def respond(medicines: Sequence[Mapping[str, str]]) -> Answer:
        lines = [make_medicine(index, medicine["name"], (f"s{index}",)) for index, medicine in enumerate(medicines)]
        return make(medicines=lines, interactions=[])

    return Api(respond)


def run(api: Api, *acts: dict[str, object]) -> tuple[Session, tuple[str, ...]]:
    async def all_of_them() -> tuple[Session, tuple[str, ...]]:
        workspace, session = CheckWorkspace(api), Session()
        await workspace.open(session, "en", None)
        panels: tuple[str, ...] = ()
        for act in acts:
            panels = await workspace.act(session, act)
        return session, panels

    return asyncio.run(all_of_them())


def test_each_change_is_checked(api: Api) -> None:
    run(api, {"act": "add", "value": "Advil"}, {"act": "add", "value": "Zocor"})
    assert api.lists == [["Advil"], ["Advil", "Zocor"]]


def test_an_empty_list_asks_nothing(api: Api) -> None:
    _, (_, result, picture) = run(api, {"act": "clear"})
    assert api.lists == []
    assert "Nothing checked yet" in result
    assert picture == ""


def test_the_page_opens_in_the_language_of_the_browser(api: Api) -> None:
    async def opened() -> tuple[str, ...]:
        return await CheckWorkspace(api).open(Session(), None, "pt-BR,en;q=0.5")

    assert 'data-lang="pt"' in asyncio.run(opened())[0]


def test_another_language_checks_again_in_it(api: Api) -> None:
    async def switched() -> tuple[str, ...]:
        workspace, session = CheckWorkspace(api), Session()
        await workspace.open(session, "en", None)
        await workspace.act(session, {"act": "add", "value": "Advil"})
        return await workspace.switch(session, {"act": "language", "value": "de"})

    top, entry, *_ = asyncio.run(switched())
    assert api.languages == ["en", "de"]
    assert 'data-lang="de"' in top
    assert "Arzneimittel hinzufügen" in entry


@pytest.mark.parametrize("code", ["unreachable", "timeout", "refused", "failed", "unreadable"])
def test_without_an_answer_no_result_stands(code: str, api: Api) -> None:
    good = api.respond

    def respond(medicines: Sequence[Mapping[str, str]]) -> Answer:
        if len(medicines) > 1:
            raise ApiError(code)
        return good(medicines)

    api.respond = respond
    session, (lines, result, picture) = run(api, {"act": "add", "value": "Advil"}, {"act": "add", "value": "Zocor"})
    assert "No result is shown" in result
    assert (lines.count("Not checked yet"), picture, len(session.lines)) == (2, "", 2)


def test_an_answer_about_fewer_lines_than_asked_is_refused(api: Api, make: Make, make_medicine: MakeMedicine) -> None:
    api.respond = lambda medicines: make(medicines=[make_medicine(0, "Advil", ("s",))], interactions=[])
    _, (_, result, _) = run(api, {"act": "paste", "value": "Advil\nZocor"})
    assert "cannot read" in result


def test_a_defect_of_the_page_is_told_and_logged_without_names(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    def broken(medicines: Sequence[Mapping[str, str]]) -> Answer:
        raise KeyError(medicines[0]["name"])

    api.respond = broken
    with caplog.at_level(logging.DEBUG):
        _, (_, result, _) = run(api, {"act": "add", "value": "secretmedicine"})
    assert "No result is shown" in result
    assert "KeyError" in caplog.text
    assert "secretmedicine" not in caplog.text


def test_acts_that_arrive_together_are_all_done_in_order(api: Api) -> None:
    async def together() -> tuple[Session, list[tuple[str, ...]]]:
        workspace, session = CheckWorkspace(api), Session()
        await workspace.open(session, "en", None)
        api.pause.clear()
        tasks = [asyncio.create_task(workspace.act(session, {"act": "add", "value": f"name {n}"})) for n in range(5)]
        await asyncio.sleep(0)
        api.pause.set()
        return session, [await task for task in tasks]

    session, panels = asyncio.run(together())
    assert [line.name for line in session.lines] == [f"name {n}" for n in range(5)]
    assert [len(asked) for asked in api.lists] == [1, 2, 3, 4, 5]
    assert "name 4" in panels[-1][0]


def test_a_typed_list_is_split_at_commas(api: Api) -> None:
    session, _ = run(api, {"act": "typed", "value": "Advil, Zocor"})
    assert [line.name for line in session.lines] == ["Advil", "Zocor"]


def test_a_typed_name_that_holds_a_comma_stays_whole_when_it_is_known(api: Api) -> None:
    api.known = ["DOLIPRANE 500 mg, comprimé"]
    session, _ = run(api, {"act": "typed", "value": "doliprane 500 mg, comprimé"})
    assert [line.name for line in session.lines] == ["doliprane 500 mg, comprimé"]


@pytest.mark.parametrize("act", [{"act": "typed"}, {"act": "typed", "value": 3}, {}])
def test_an_act_without_sense_changes_nothing(act: dict[str, object], api: Api) -> None:
    session, _ = run(api, act)
    assert session.lines == ()


@pytest.mark.parametrize(("typed", "language"), [("", "en"), (None, "en"), (["a"], "en"), ("  ", None)])
def test_nothing_is_suggested_for_nothing(typed: object, language: object, api: Api) -> None:
    api.known = ["Advil"]
    assert asyncio.run(CheckWorkspace(api).suggest(typed, language)) == []


def test_suggestions_are_text_for_the_page_to_show(api: Api) -> None:
    api.known = ["Advil"]
    assert asyncio.run(CheckWorkspace(api).suggest("adv", "fr")) == [{"name": "Advil", "detail": "spécialité"}]


def test_an_api_that_does_not_answer_does_not_look_like_an_unknown_name(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(typed: str, language: str) -> list[Hit]:
        raise ApiError("timeout")

    monkeypatch.setattr(api, "suggest", silent)
    assert asyncio.run(CheckWorkspace(api).suggest("adv", "fr")) is None
    session, _ = run(api, {"act": "typed", "value": "a1, b2"})
    assert len(session.lines) == 2
