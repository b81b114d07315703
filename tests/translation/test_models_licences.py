from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.errors import InvalidInput
from translation.models_licences import card_licence, is_non_commercial, require_accepted, said, spdx


@pytest.mark.parametrize("licence", ["CC-BY-NC-4.0", "cc-by-nc-sa-4.0", "CC-BY-NC-ND-3.0"])
def test_licences_that_forbid_commercial_use_are_known_by_their_name(licence: str) -> None:
    assert is_non_commercial(licence)
    with pytest.raises(InvalidInput, match=licence):
        require_accepted("some-model", licence, accepted=False)
    require_accepted("some-model", licence, accepted=True)


@pytest.mark.parametrize("licence", ["Apache-2.0", "MIT", "CC-BY-4.0", "unknown", "", "OpenRAIL-Once"])
def test_others_do_not(licence: str) -> None:
    assert not is_non_commercial(licence)


def test_a_licence_is_written_as_spdx_writes_it() -> None:
    assert spdx("apache-2.0") == "Apache-2.0"
    assert spdx("some-licence") == "some-licence"
    assert spdx("") == spdx("other") == "unknown"


def test_an_unknown_licence_is_said_to_be_unknown() -> None:
    assert "not known" in said("unknown")[0]
    assert said("CC-BY-NC-4.0") == ["Licence: CC-BY-NC-4.0. Commercial use is not allowed."]


@pytest.mark.parametrize(
    ("card", "stated"),
    [
        ("---\nlicense: mit\n---\n", "mit"),
        ("---\ntags:\n- x\nlicense: 'cc-by-4.0'\n---\ntext", "cc-by-4.0"),
        ("license: mit\n", ""),
        ("---\nlanguage: en\n---\nlicense: mit\n", ""),
        ("", ""),
    ],
)
def test_the_licence_of_a_card_stands_in_its_head(tmp_path: Path, card: str, stated: str) -> None:
    (tmp_path / "README.md").write_text(card)
    assert card_licence(tmp_path) == stated


def test_a_folder_without_a_card_states_nothing(tmp_path: Path) -> None:
    assert card_licence(tmp_path) == ""
