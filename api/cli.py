"""The `medinfo` command: what can be asked. The work is done in `api.commands`, the printing in `api.terminal`.

Exit codes: 0 done (whatever was found) · 2 the input or the request cannot be used, told in one line on standard
error · 3 a translation holds something that a person must read · 1 a failure of ours · 130 interrupted.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from api import cli_translation
from medinfo.errors import InvalidInput, MedinfoError, UserError
from medinfo.phrases import LANGUAGES
from medinfo.settings import Settings

app = typer.Typer(
    name="medinfo", help="Interactions between medicines, each with its source; medical text translated and checked.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
imports = typer.Typer(help="Bring in an official file.", no_args_is_help=True)
knowledge = typer.Typer(help="What is known, and which edition of it is in use.", no_args_is_help=True)
app.add_typer(imports, name="import")
app.add_typer(knowledge, name="knowledge")

Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder of the official files.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The official file, as published.")]
SourceName = Annotated[str, typer.Option("--source", help="Source, such as ansm-thesaurus.")]
EditionName = Annotated[str, typer.Option("--edition", metavar="YYYY-MM", help="Edition; the active one by default.")]
Activate = Annotated[bool, typer.Option("--activate", help="Use it also if it is older than what is in use.")]
NAMES = Path("medinfo/medicines/data")
FACTS = Path("interactions/data/ansm-thesaurus")
Json = Annotated[bool, typer.Option("--json", help="Print JSON, in the shape that the API answers.")]


@app.command()
def serve() -> None:
    """Run the API and the screen (settings: docs/settings.md)."""
    from api.serve import serve

    serve(settings())


@app.command()
def check(
    names: Annotated[list[str], typer.Argument(help="Medicines: names, brands or INNs, one argument each.")],
    lang: Annotated[str, typer.Option("--lang", help=f"Language: {', '.join(LANGUAGES)}.")] = "en",
    as_json: Json = False,
) -> None:
    """Check medicines against each other."""
    from api import commands, terminal

    answer = commands.check(settings(), names, commands.language(lang))
    sys.stdout.write(commands.as_json(answer)) if as_json else terminal.print_check(answer)


@imports.command("ansm-thesaurus")
def import_thesaurus(
    file: File,
    activate: Activate = False,
) -> None:
    """Import an edition of the French thesaurus of interactions (PDF)."""
    from api import commands

    _say(commands.import_thesaurus(settings(), file, activate=activate))


@imports.command("bdpm")
def import_bdpm(folder: Folder, activate: Activate = False) -> None:
    """Import the French public medicines database (its CIS_*.txt files)."""
    from api import commands

    _say(commands.import_bdpm(settings(), folder, activate=activate))


@knowledge.command("list")
def list_editions(as_json: Json = False) -> None:
    """Show the editions that are stored, and which are in use."""
    from api import commands, terminal

    editions = commands.list_editions(settings())
    sys.stdout.write(commands.as_json(editions)) if as_json else terminal.print_editions(editions)


@knowledge.command()
def export(
    source: SourceName,
    form: Annotated[str, typer.Option("--format", help="jsonl or csv.")] = "jsonl",
    edition: EditionName = "",
) -> None:
    """Write an imported edition to standard output, one line per pair."""
    from api import commands

    for line in commands.export(settings(), source, form, edition):
        sys.stdout.write(line)


@knowledge.command()
def activate(source: SourceName, edition: Annotated[str, typer.Option("--edition", metavar="YYYY-MM")]) -> None:
    """Use this imported edition from now on; running services notice."""
    from api import commands

    _say(commands.activate(settings(), source, edition))


@knowledge.command()
def rollback(source: SourceName) -> None:
    """Go back to what was in use before the last activation."""
    from api import commands

    _say(commands.rollback(settings(), source))


@knowledge.command()
def build(
    names: Annotated[Path, typer.Option(help="Folder for the tables of names.")] = NAMES,
    facts: Annotated[Path, typer.Option(help="Folder for the tables of interactions.")] = FACTS,
) -> None:
    """Rebuild the embedded tables from the official files (for a release; needs MEDINFO_REFERENCE_DATA)."""
    from api import commands

    _say(commands.build(settings(), names, facts))


cli_translation.register(app)


def _say(lines: list[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def settings() -> Settings:
    """The settings of the environment.

    Raises:
        InvalidInput: one of them is not usable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"MEDINFO_{str(first['loc'][0]).upper()}"
        raise InvalidInput(f"{name} is not usable: {first['msg']}.", hint="See docs/settings.md.") from error


def main() -> None:
    """Run a command; a user's error is one line on standard error and exit code 2."""
    _prepare_output()
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except UserError as error:
        sys.exit(_refuse(f"{error.detail} {error.hint}"))
    except typer.TyperException as error:
        sys.exit(_refuse(error.format_message() if hasattr(error, "format_message") else str(error)))
    except MedinfoError as error:
        sys.exit(_fail(f"{error.detail} {error.hint}"))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone: nothing is left to say
        sys.exit(1)
    except OSError as error:  # a full disk, a folder that is not ours
        place = f": {error.filename}" if error.filename else ""
        sys.exit(_fail(f"{error.strerror or type(error).__name__}{place}."))
    sys.exit(code if isinstance(code, int) else 0)


def _prepare_output() -> None:
    """Files and pipes take UTF-8 whatever the machine's language; a terminal that lacks a letter gets its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _refuse(message: str) -> int:
    _tell(message)
    return 2


def _fail(message: str) -> int:
    _tell(message)
    return 1


def _tell(message: str) -> None:
    if line := " ".join(message.split()):  # empty when the help was shown instead
        sys.stderr.write(f"medinfo: {line}\n")
