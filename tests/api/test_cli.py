"""The command as a user runs it. What it does is one process away, so most tests call `main` in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.shapes import CheckOut
from medinfo.phrases import LANGUAGES
from tests.api.commands import Command


@pytest.fixture
def medinfo(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> Command:
    monkeypatch.setenv("MEDINFO_DATA_DIR", str(data_dir))
    monkeypatch.setenv("COLUMNS", "200")
    return Command(capsys, monkeypatch)


@pytest.fixture
def empty(medinfo: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data_dir: Path) -> Command:
    """With nothing imported, in a folder of its own that shares the compiled tables."""
    (tmp_path / "compiled").symlink_to(data_dir / "compiled")
    (data_dir / "compiled").mkdir(exist_ok=True)
    monkeypatch.setenv("MEDINFO_DATA_DIR", str(tmp_path))
    return medinfo


def test_check_prints_findings_with_source_and_page(medinfo: Command) -> None:
    code, out, _ = medinfo("check", "warfarin", "ibuprofen")
    assert code == 0
    assert "Ibuprofen + Warfarin" in out
    assert "ANSM" in out
    assert "2023-09" in out
    assert "p. " in out


def test_check_says_what_is_unknown_before_what_was_found(medinfo: Command) -> None:
    _, out, _ = medinfo("check", "warfarin", "ibuprofen", "qwrtzpsdf")
    assert 0 < out.index("NOT CHECKED") < out.index("What the source advises")
    assert "qwrtzpsdf" in out


def test_check_always_says_what_it_does_not_look_at(medinfo: Command) -> None:
    _, out, _ = medinfo("check", "warfarin")
    assert "What no check here looks at" in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_speaks_every_language(medinfo: Command, language: str) -> None:
    code, out, _ = medinfo("check", "warfarine", "ibuprofène", "--lang", language)
    assert code == 0
    assert "terminal." not in out


def test_check_prints_the_answer_of_the_api_as_json(medinfo: Command) -> None:
    code, out, _ = medinfo("check", "warfarin", "ibuprofen", "--lang", "de", "--json")
    answer = CheckOut.model_validate_json(out, extra="forbid")
    assert (code, answer.language, len(answer.interactions) > 0) == (0, "de", True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "warfarin", "--lang", "nl"], "no language 'nl'"),
        (["check", ""], "1 to 200 characters"),
        (["check", "a" * 201], "1 to 200 characters"),
        (["check", *["a"] * 101], "1 to 100 names"),
        (["check"], "names"),
        (["chek"], "No such command"),
        (["check", "a", "--nope"], "--nope"),
        (["import", "ansm-thesaurus", "no-such-file.pdf"], "no-such-file.pdf"),
        (["import", "ansm-thesaurus", __file__], "cannot be read as the ANSM thesaurus"),
        (["import", "bdpm", str(Path(__file__).parent)], ""),
        (["knowledge", "export", "--source", "ansm-thesaurus"], "No edition of ansm-thesaurus was imported"),
        (["knowledge", "export", "--source", "drugbank"], "drugbank"),
        (["knowledge", "export", "--source", "ansm-thesaurus", "--format", "xml"], "xml"),
        (["knowledge", "activate", "--source", "ansm-thesaurus", "--edition", "2019-09"], "2019-09"),
        (["knowledge", "activate", "--source", "ansm-thesaurus", "--edition", "last"], "last"),
        (["knowledge", "rollback", "--source", "ansm-thesaurus"], "ansm-thesaurus"),
    ],
)
def test_a_users_error_is_one_line_on_standard_error_and_exit_code_2(
    empty: Command, arguments: list[str], said: str
) -> None:
    code, out, err = empty(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("medinfo: ")
    assert err.count("\n") == 1
    assert said in err


def test_unsafe_settings_are_refused_before_anything_listens(empty: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDINFO_HOST", "0.0.0.0")
    code, _, err = empty("serve")
    assert code == 2
    assert "MEDINFO_ALLOW_INSECURE=1" in err


def test_a_setting_that_is_not_usable_is_named(empty: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDINFO_PORT", "many")
    code, _, err = empty("serve")
    assert (code, "MEDINFO_PORT" in err, err.count("\n")) == (2, True, 1)


def test_the_list_shows_the_tables_that_ship_with_us(empty: Command) -> None:
    _, out, _ = empty("knowledge", "list", "--json")
    assert json.loads(out) == [{"source": "ansm-thesaurus", "edition": "2023-09", "active": True, "imported": False}]
    assert "ships with us" in empty("knowledge", "list")[1]


def test_a_data_folder_that_cannot_be_used_is_told_in_one_line(empty: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDINFO_DATA_DIR", __file__)
    for arguments in (["check", "warfarin"], ["knowledge", "list"]):
        code, out, err = empty(*arguments)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "Not a directory" in err


def test_a_damaged_store_is_told_with_what_to_do(empty: Command, tmp_path: Path) -> None:
    (tmp_path / "knowledge" / "ansm-thesaurus").mkdir(parents=True)
    (tmp_path / "knowledge" / "ansm-thesaurus" / "state.json").write_text("{")
    code, out, err = empty("check", "warfarin")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "is damaged" in err
    assert "import again" in err


def test_a_disk_that_is_full_is_told_in_one_line(empty: Command) -> None:
    command = [str(Path(sys.executable).with_name("medinfo")), "knowledge", "list"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "medinfo: No space left on device.\n")


def test_a_pipe_takes_utf_8_whatever_the_machines_language(empty: Command) -> None:
    command = [str(Path(sys.executable).with_name("medinfo")), "check", "ibuprofène", "--lang", "fr"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for form in ([], ["--json"]):
        done = subprocess.run([*command, *form], capture_output=True, env=environment, check=True)
        assert "ibuprofène" in done.stdout.decode("utf-8")


def test_without_arguments_the_help_is_shown(empty: Command) -> None:
    code, out, err = empty()
    assert (code, err) == (2, "")
    assert "check" in out


def test_the_installed_command_runs(data_dir: Path) -> None:
    command = [str(Path(sys.executable).with_name("medinfo")), "knowledge", "rollback", "--source", "a b"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("medinfo: ")


def test_the_register_is_imported_used_and_rolled_back(empty: Command, reference_data: Path) -> None:
    code, out, _ = empty("import", "bdpm", str(reference_data / "bdpm"))
    assert (code, "15848 products" in out, "in use" in out) == (0, True, True)
    listed = json.loads(empty("knowledge", "list", "--json")[1])
    assert [one["source"] for one in listed if one["imported"] and one["active"]] == ["bdpm"]
    answer = CheckOut.model_validate_json(empty("check", "Doliprane 1000 mg", "--json")[1])
    assert [substance.id for substance in answer.medicines[0].substances] == ["paracetamol"]
    assert empty("knowledge", "rollback", "--source", "bdpm")[0] == 0
    assert not any(one["active"] for one in json.loads(empty("knowledge", "list", "--json")[1]) if one["imported"])


def test_tables_cannot_be_built_without_the_official_files(
    empty: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDINFO_REFERENCE_DATA", str(tmp_path / "nowhere"))
    code, _, err = empty("knowledge", "build", "--names", str(tmp_path / "n"), "--facts", str(tmp_path / "f"))
    assert (code, "MEDINFO_REFERENCE_DATA" in err) == (2, True)
    assert not (tmp_path / "n").exists()


def test_an_imported_edition_is_used_listed_exported_and_rolled_back(empty: Command, reference_data: Path) -> None:
    code, out, _ = empty("import", "ansm-thesaurus", str(reference_data / "ansm" / "thesaurus-2023-09.pdf"))
    assert code == 0
    assert "616 headings, 3216 entries, 1623 pairs" in out
    listed = json.loads(empty("knowledge", "list", "--json")[1])
    assert [(one["imported"], one["active"]) for one in listed] == [(False, False), (True, True)]

    lines = empty("knowledge", "export", "--source", "ansm-thesaurus")[1].splitlines()
    assert len(lines) == 1623
    assert set(json.loads(lines[0])) == {"a", "b", "levels", "conditions", "mechanism", "advice", "pages"}
    table = empty("knowledge", "export", "--source", "ansm-thesaurus", "--format", "csv", "--edition", "2023-09")[1]
    assert table.startswith("a,b,levels,conditions,mechanism,advice,pages\n")

    quoted = json.loads(empty("check", "warfarin", "ibuprofen", "--json")[1])
    assert quoted["interactions"][0]["sources"][0]["quote"]["language"] == "fr"
    assert empty("knowledge", "rollback", "--source", "ansm-thesaurus")[0] == 0
    plain = json.loads(empty("check", "warfarin", "ibuprofen", "--json")[1])
    assert plain["interactions"][0]["sources"][0]["quote"] is None
    assert [f["id"] for f in plain["interactions"]] == [f["id"] for f in quoted["interactions"]]
