"""The commands of translation, glossaries and storage, with a real model and a real database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.translation_shapes import GlossaryOut
from tests.api.commands import Command

FAITHFUL = "Prendre 2 comprimés par jour.\n"
WRONG = "Ne jamais boire le matin.\n"


@pytest.fixture
def medinfo(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data_dir: Path, models: Path, tmp_path: Path
) -> Command:
    monkeypatch.setenv("MEDINFO_DATA_DIR", str(data_dir))
    monkeypatch.setenv("MEDINFO_MODELS_DIR", str(models))
    monkeypatch.setenv("MEDINFO_DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite'}")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return Command(capsys, monkeypatch)


def test_text_on_standard_input_is_translated(medinfo: Command) -> None:
    code, out, err = medinfo("translate", "--from", "fr", "--to", "en", "-", stdin=f"{FAITHFUL}\nBonjour.\n".encode())
    assert (code, out) == (0, "Take 2 tablets a day.\n\nHello.\n")
    assert "flagged" not in err


def test_what_is_flagged_is_marked_told_and_ends_with_3(medinfo: Command) -> None:
    code, out, err = medinfo("translate", "--from", "fr", "--to", "en", "-", stdin=(FAITHFUL + WRONG).encode())
    assert code == 3
    assert out.startswith("Take 2 tablets a day.\n[")
    (line,) = [line for line in err.splitlines() if line.startswith("medinfo: flagged")]
    assert "Ne jamais boire le matin." in line


def test_strict_keeps_what_fails(medinfo: Command) -> None:
    code, out, err = medinfo("translate", "--from", "fr", "--to", "en", "--strict", "-", stdin=WRONG.encode())
    assert code == 3
    assert "Ne jamais boire le matin." in out
    assert "kept in the source language" in err


def test_json_of_text_is_a_line_for_each_block(medinfo: Command) -> None:
    code, out, _ = medinfo("translate", "--to", "en", "--json", "-", stdin=f"{FAITHFUL}\n{WRONG}".encode())
    blocks = [json.loads(line) for line in out.splitlines()]
    assert code == 3
    assert [(block["source"], block["ok"]) for block in blocks] == [("fr", True), ("fr", False)]
    assert blocks[1]["segments"][0]["failures"]


def test_a_file_is_written_beside_it_and_never_over_another(medinfo: Command, tmp_path: Path) -> None:
    file = tmp_path / "leaflet.html"
    file.write_text("<p>Bonjour le <b>monde</b></p>", "utf-8")
    code, out, err = medinfo("translate", "--from", "fr", "--to", "en", str(file))
    assert (code, out) == (0, "")
    made = tmp_path / "leaflet.en.html"
    assert str(made) in err
    assert made.read_text("utf-8") == "<p>Hello the <b>world</b></p>"
    code, _, err = medinfo("translate", "--from", "fr", "--to", "en", str(file))
    assert code == 2
    assert "is there already" in err
    assert medinfo("translate", "--from", "fr", "--to", "en", str(file), "-o", str(made))[0] == 0


def test_a_file_can_go_to_standard_output_and_its_report_be_json(medinfo: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(FAITHFUL + WRONG, "utf-8")
    code, out, err = medinfo("translate", "--from", "fr", "--to", "en", str(file), "-o", str(tmp_path / "b"), "--json")
    report = json.loads(out)
    assert (code, report["segments"], report["flagged"]) == (3, 2, 1)
    assert "flagged" in err
    assert "Take 2 tablets a day." in (tmp_path / "b").read_text("utf-8")
    assert not list(tmp_path.glob(".*"))


def test_a_file_to_standard_output_is_bytes(data_dir: Path, models: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"Bonjour.\r\n")
    environment = {**os.environ, "MEDINFO_DATA_DIR": str(data_dir), "MEDINFO_MODELS_DIR": str(models)}
    command = [
        str(Path(sys.executable).with_name("medinfo")),
        "translate",
        "--from",
        "fr",
        "--to",
        "en",
        "a.txt",
        "-o",
        "-",
    ]
    done = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path, env=environment)
    assert done.stdout == b"Hello.\r\n"
    assert b"\x1b" not in done.stderr


def test_a_glossary_is_imported_listed_and_applied(medinfo: Command, tmp_path: Path) -> None:
    file = tmp_path / "signs.csv"
    file.write_text('toux,cough\n"gorge, mal de",sore throat\ntoux,cough\ntoux,coughing\n,\n', "utf-8")
    code, out, _ = medinfo("glossaries", "import", str(file), "--from", "fr", "--to", "en")
    assert code == 0
    first, *notes = out.splitlines()
    assert first.startswith("2 terms from fr to en")
    assert len(notes) == 2
    id = first.split()[-1]
    _, listed, _ = medinfo("glossaries", "list", "--json")
    (glossary,) = [GlossaryOut.model_validate(one) for one in json.loads(listed)]
    assert (glossary.glossary_id, glossary.name) == (id, "signs")
    assert id in medinfo("glossaries", "list")[1]
    code, out, _ = medinfo("translate", "--from", "fr", "--to", "en", "--glossary", id, "-", stdin=b"La toux.\n")
    assert (code, out) == (0, "The cough.\n")


def test_a_term_list_of_tico_19_says_its_languages(medinfo: Command, tmp_path: Path) -> None:
    file = tmp_path / "f_en-pt_XX.csv"
    file.write_text(
        "id,sourceLang,targetLang,sourceString,targetString\n"
        "1,en,pt_BR,mask,máscara\n2,en,pt_BR,mask,máscara\n,,pt_BR,,\n3,en,pt_BR,fever,febre\n",
        "utf-8",
    )
    code, out, _ = medinfo("glossaries", "import", str(file), "--name", "pandemic")
    assert code == 0
    assert out.startswith("2 terms from en to pt")
    assert "there twice" in out
    assert "empty" in out


def test_the_examples_are_stored_once(medinfo: Command) -> None:
    code, out, _ = medinfo("glossaries", "examples")
    assert code == 0
    assert "CC0" in out
    assert "already" in medinfo("glossaries", "examples")[1]
    _, listed, _ = medinfo("glossaries", "list", "--json")
    (glossary,) = json.loads(listed)
    counts = {pair["target_lang"]: pair["entry_count"] for pair in glossary["dictionaries"]}
    assert set(counts) == {"de", "es", "fr", "it", "pt"}
    assert min(counts.values()) > 500


def test_the_database_is_made_and_brought_up_to_date(medinfo: Command, tmp_path: Path) -> None:
    code, out, _ = medinfo("storage", "upgrade")
    assert (code, "sqlite" in out) == (0, True)
    assert (tmp_path / "test.sqlite").is_file()
    assert medinfo("storage", "upgrade")[0] == 0


def test_models_are_listed_and_removed(medinfo: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tests.translation.tiny import word_model

    word_model(tmp_path / "mine", {"toux": "cough"}, name="mine-fr-en")
    monkeypatch.setenv("MEDINFO_MODELS_DIR", str(tmp_path / "mine"))
    _, listed, _ = medinfo("models", "list", "--json")
    first, *rest = json.loads(listed)
    assert (first["name"], first["installed"], first["pairs"]) == ("mine-fr-en", True, [["fr", "en"]])
    assert all(not row["installed"] for row in rest)
    assert "mine-fr-en" in medinfo("models", "list")[1]
    assert medinfo("models", "remove", "mine-fr-en")[0] == 0
    assert medinfo("models", "remove", "mine-fr-en")[0] == 2


def test_a_licence_that_nobody_accepted_installs_nothing(medinfo: Command, tmp_path: Path) -> None:
    _, listed, _ = medinfo("models", "list", "--json")
    restricted = [row["name"] for row in json.loads(listed) if row["non_commercial"]]
    assert restricted
    code, out, err = medinfo("models", "install", restricted[0], stdin=b"")
    assert (code, out) == (2, "")
    assert "commercial" in err


def test_a_set_is_evaluated(medinfo: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.fr-en.tsv"
    file.write_text("Bonjour le monde.\tHello the world.\nPrendre 2 comprimés.\tTake 2 tablets.\n", "utf-8")
    code, out, _ = medinfo("translations", "evaluate", str(file), "--json")
    report = json.loads(out)
    assert (code, report["segments"], report["source"], report["target"]) == (0, 2, "fr", "en")
    assert report["service"]["chrf"] > 99
    assert "mine.fr-en.tsv" in medinfo("translations", "evaluate", str(file), "--limit", "1")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["translate", "--from", "es", "--to", "it", "-"], "No installed model translates from es to it"),
        (["translate", "--from", "fr", "--to", "fr", "-"], "both fr"),
        (["translate", "--from", "fr", "--to", "en", "none.txt"], "no file none.txt"),
        (["translate", "-"], "--to"),
        (["translate", "--from", "fr", "--to", "en", "--glossary", "none", "-"], "no such glossary"),
        (["glossaries", "import", "none.csv"], "none.csv"),
        (["glossaries", "import", "empty.csv", "--from", "fr", "--to", "en"], "no terms"),
        (["glossaries", "import", "three.csv", "--from", "fr", "--to", "en"], "line 1"),
        (["glossaries", "import", "two.csv"], "--from en --to fr"),
        (["glossaries", "import", "latin.csv", "--from", "fr", "--to", "en"], "UTF-8"),
        (["models", "install", "no-such-model"], "no-such-model"),
        (["models", "install", "opus-mt-fr-en", "--quantisation", "int2"], "int2"),
        (["models", "remove", "../models"], "models"),
    ],
)
def test_a_users_error_is_one_line_and_exit_code_2(
    medinfo: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "empty.csv").write_text("\n", "utf-8")
    (tmp_path / "three.csv").write_text("a,b,c\n", "utf-8")
    (tmp_path / "two.csv").write_text("a,b\n", "utf-8")
    (tmp_path / "latin.csv").write_bytes(b"fi\xe8vre,fever\n")
    code, out, err = medinfo(*arguments, stdin=b"Bonjour.\n")
    assert (code, out) == (2, ""), err
    lines = [line for line in err.splitlines() if line.startswith("medinfo: ")]
    assert len(lines) == 1
    assert said in lines[0]


def test_without_a_model_the_one_command_is_named(
    medinfo: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MEDINFO_MODELS_DIR", str(tmp_path / "none"))
    code, out, err = medinfo("translate", "--from", "fr", "--to", "en", "-", stdin=b"Bonjour.\n")
    assert (code, out) == (2, "")
    assert "medinfo models install opus-mt-fr-en" in err


def test_standard_input_that_is_not_utf_8_is_refused(medinfo: Command) -> None:
    code, out, err = medinfo("translate", "--from", "fr", "--to", "en", "-", stdin=b"fi\xe8vre\n")
    assert (code, out) == (2, "")
    assert "UTF-8" in err


def test_the_embedded_term_lists_are_those_that_were_published(reference_data: Path) -> None:
    """Every embedded entry is a published one, and no published term is left out but those with brackets."""
    from api import glossary_files

    folder = reference_data / "translation" / "terminologies"
    lists = [glossary_files.read(file) for file in sorted(folder.glob("*.csv"))]
    assert len(lists) == 10
    for (source, target), entries in glossary_files.examples().items():
        published = [one for one in lists if (one.source, one.target) == (source, target)]
        assert set(entries) <= {entry for one in published for entry in one.entries}
        plain = {term for one in published for term, said in one.entries if not set("(/") & set(term + said)}
        assert {term for term, _ in entries} == plain
