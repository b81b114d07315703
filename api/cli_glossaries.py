"""The commands about glossaries and storage. The work is done in `api.commands_glossaries`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli_output import Json, say, settings

glossaries = typer.Typer(help="Terms and how they are to be said.", no_args_is_help=True)
storage = typer.Typer(help="The database of what users write.", no_args_is_help=True)


@glossaries.command("import")
def import_glossary(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or TSV; TICO-19's layout too.")],
    name: Annotated[str, typer.Option(help="Name of the glossary; the file's unless given.")] = "",
    source: Annotated[str, typer.Option("--from", metavar="LANG", help="Language of the first column.")] = "",
    target: Annotated[str, typer.Option("--to", metavar="LANG", help="Language of the second column.")] = "",
) -> None:
    """Store a list of terms as a glossary."""
    from api import commands_glossaries as work

    say(work.import_glossary(settings(), file, name=name, source=source, target=target))


@glossaries.command("examples")
def import_examples() -> None:
    """Store the term lists that ship with us: TICO-19, English to German, Spanish, French, Italian, Portuguese."""
    from api import commands_glossaries as work

    say(work.import_examples(settings()))


@glossaries.command("list")
def list_glossaries(as_json: Json = False) -> None:
    """Show all glossaries."""
    from api import commands
    from api import commands_glossaries as work

    found = work.list_glossaries(settings())
    if as_json:
        sys.stdout.write(commands.as_json(found))
        return
    for one in found:
        pairs = ", ".join(f"{d['source_lang']}-{d['target_lang']} {d['entry_count']}" for d in one["dictionaries"])
        sys.stdout.write(f"{one['glossary_id']}  {one['name']}  version {one['version']}  ({pairs})\n")


@storage.command()
def upgrade() -> None:
    """Make the database, or bring it to its newest form."""
    from api import commands_glossaries as work

    say(work.upgrade(settings()))
