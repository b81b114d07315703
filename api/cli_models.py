"""The commands about translation models. The work is done in `api.commands_models`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli_output import Json, bar, say, settings, steps

models = typer.Typer(help="Translation models: what is installed, and what can be.", no_args_is_help=True)
translations = typer.Typer(help="Measure translation.", no_args_is_help=True)

Quantise = Annotated[str, typer.Option("--quantisation", help="auto, int8, int8_float16, float16 or float32.")]
Accept = Annotated[bool, typer.Option("--accept-licence", help="Accept the model's licence without being asked.")]


@models.command("list")
def list_models(as_json: Json = False) -> None:
    """Show the models that are installed, and those that can be."""
    from api import commands
    from api import commands_models as work

    if as_json:
        sys.stdout.write(commands.as_json(work.list_models(settings())))
    else:
        say(work.model_table(settings()))


@models.command()
def install(name: str, quantisation: Quantise = "auto", accept_licence: Accept = False) -> None:
    """Download a model of the list, verify it and install it."""
    from api import commands_models as work

    accepted = accept_licence or _accepted(work.licence_notice(name))
    with steps() as progress:
        lines = work.install(settings(), name, quantisation, accepted=accepted, progress=progress)
    say(lines)


@models.command()
def convert(
    source: Annotated[str, typer.Argument(help="Folder of a transformers model, or OWNER/NAME on the hub.")],
    name: Annotated[str, typer.Option(help="Name of the installed model.")] = "",
    family: Annotated[str, typer.Option(help="marian, nllb, m2m100 or madlad; told from the model if left out.")] = "",
    languages: Annotated[str, typer.Option(help="Codes with commas between them, such as fr,en.")] = "",
    licence: Annotated[str, typer.Option(help="SPDX name of the licence.")] = "",
    revision: Annotated[str, typer.Option(help="Revision on the hub.")] = "main",
    quantisation: Quantise = "auto",
    accept_licence: Accept = False,
) -> None:
    """Convert a transformers model and install it (needs the extra `models`)."""
    from api import commands_models as work

    with steps() as progress:
        lines = work.convert(
            settings(),
            source,
            name=name,
            family=family,
            languages=languages,
            licence=licence,
            revision=revision,
            form=quantisation,
            accepted=accept_licence,
            progress=progress,
        )
    say(lines)


@models.command()
def remove(name: str) -> None:
    """Remove an installed model."""
    from api import commands_models as work

    say(work.remove(settings(), name))


def _accepted(notice: str) -> bool:
    """Whether the user accepts a licence; without a terminal nobody is asked and nothing accepted."""
    if not notice:
        return True
    sys.stderr.write(f"{notice}\n")
    return sys.stdin.isatty() and typer.confirm("Do you accept?", err=True)


@translations.command()
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="SET", exists=True, dir_okay=False, help="Lines: text TAB text.")],
    source: Annotated[str, typer.Option("--from", metavar="LANG", help="Language to translate from.")] = "",
    target: Annotated[str, typer.Option("--to", metavar="LANG", help="Language to translate to.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="The first so many segments; 0 for all.")] = 0,
    as_json: Json = False,
) -> None:
    """Measure chrF, BLEU and critical errors on a set (needs sacrebleu, of the extra `models`)."""
    from api import commands
    from api import commands_models as work

    with bar("Evaluating") as progress:
        found = work.evaluate(settings(), file, source, target, limit, progress)
    sys.stdout.write(commands.as_json(found.json())) if as_json else say(found.lines())
