"""The commands of translation: what can be asked. The work is done in `api.commands_*`.

`medinfo translate` ends with 0 when every segment passed its checks, and with 3 when something was flagged or kept in
the source language: the translation is written all the same, and each such segment is told on standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from api.cli_glossaries import glossaries, storage
from api.cli_models import models, translations
from api.cli_output import Json, bar, settings

UNSURE = 3
"""Exit code: something in the translation must be read by a person."""

From = Annotated[str, typer.Option("--from", metavar="LANG", help="Language to translate from; detected if left out.")]
To = Annotated[str, typer.Option("--to", metavar="LANG", help="Language to translate to.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(translate)
    for name, group in (
        ("models", models),
        ("translations", translations),
        ("glossaries", glossaries),
        ("storage", storage),
    ):
        app.add_typer(group, name=name)


def translate(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A file of any format that is read, or - for text.")],
    target: To,
    source: From = "",
    out: Annotated[str, typer.Option("-o", "--out", help="Where to write; - for standard output.")] = "",
    glossary: Annotated[str, typer.Option("--glossary", metavar="ID", help="Glossary to apply.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Leave what fails a check in the source language.")] = False,
    memory: Annotated[bool, typer.Option("--memory/--no-memory", help="Use approved translations.")] = True,
    form: Annotated[str, typer.Option("--format", help="docx or html, for a PDF.")] = "",
    as_json: Json = False,
) -> None:
    """Translate text or a file. Exit code 3: something was flagged and must be read by a person.

    Text on standard input is translated as it comes (JSON: one line for each block of it). A file's translation is
    written beside it (leaflet.en.docx).
    """
    from api import commands_translate as work
    from api.translation_views import primary

    order = work.Order(primary(source), primary(target), glossary, strict, memory, form)
    with work.tools(settings(), order) as (translator, database):
        if file == "-":
            unsure = _translate_text(work.translate_lines(translator, database, order, _lines()), out, as_json)
        else:
            unsure = _translate_file(translator, database, order, Path(file), out, as_json)
    if unsure:
        raise typer.Exit(UNSURE)


def _translate_text(blocks: Iterator[Any], out: str, as_json: bool) -> int:
    from api import commands_translate as work

    unsure = 0
    with _sink(out) as sink:
        for block in blocks:
            unsure += len(block.unsure)
            _warn(work.flagged(block))
            if not as_json:
                sink(block.text.encode())
            elif block.value:
                sink(orjson.dumps(block.value, option=orjson.OPT_APPEND_NEWLINE))
    return unsure


def _translate_file(translator: Any, database: Any, order: Any, file: Path, out: str, as_json: bool) -> int:
    from api import commands
    from api import commands_translate as work
    from medinfo.errors import NotFound

    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    with bar("Translating") as progress:
        made = work.translate_file(translator, database, order, file, progress)
    _warn(work.flagged_of(made))
    if out == "-":
        sys.stdout.buffer.write(made.content)
    else:
        place = Path(out) if out else file.with_name(made.name)
        work.write(made.content, place, replace=bool(out))
        sys.stderr.write(f"{place}\n")
        if as_json:
            sys.stdout.write(commands.as_json(made.report))
    return int(made.report["flagged"]) + int(made.report["kept"])


def _lines() -> Iterator[str]:
    from api.commands_translate import MAX_LINE, require_text

    while line := sys.stdin.buffer.readline(4 * MAX_LINE + 8):
        yield require_text(line)


@contextmanager
def _sink(out: str) -> Iterator[Callable[[bytes], None]]:
    """Where text goes, written at once."""
    if out in {"", "-"}:

        def write(text: bytes) -> None:
            sys.stdout.write(text.decode())
            sys.stdout.flush()

        yield write
        return
    with Path(out).open("wb") as stream:
        yield lambda text: print_bytes(stream, text)


def print_bytes(stream: Any, text: bytes) -> None:
    """Write and flush."""
    stream.write(text)
    stream.flush()


def _warn(lines: list[str]) -> None:
    for line in lines:
        sys.stderr.write(f"medinfo: {line}\n")
