"""What the commands about translation models do: plain functions, without printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from api import translation_wiring as wiring
from api.wiring import open_catalogue
from medinfo.errors import InvalidInput
from medinfo.settings import Settings

if TYPE_CHECKING:
    from translation.evaluate import Report
    from translation.models import Progress, Quantisation

QUANTISATIONS = ("auto", "int8", "int8_float16", "float16", "float32")


def quantisation(text: str) -> Quantisation:
    """A way to store weights.

    Raises:
        InvalidInput: it is none.
    """
    from translation.models import Quantisation

    known: tuple[Quantisation, ...] = get_args(Quantisation)
    found = next((one for one in known if one == text), None)
    if found is None:
        raise InvalidInput(f"{text!r} is no quantisation.", hint=f"Use one of {', '.join(known)}.")
    return found


def list_models(settings: Settings) -> list[dict[str, Any]]:
    """All models, installed ones first, as plain values."""
    from translation.models import list_models

    return [asdict(row) for row in list_models(settings.models_dir)]


def model_table(settings: Settings) -> list[str]:
    """All models as lines for a terminal."""
    from translation.models import list_models, table

    return table(list_models(settings.models_dir))


def licence_notice(name: str) -> str:
    """What must be accepted before a model is installed; "" where nothing must be.

    Raises:
        NotFound: the catalogue has no such model.
    """
    from translation.models import licence_notice

    return licence_notice(name)


def install(settings: Settings, name: str, form: str, *, accepted: bool, progress: Progress) -> list[str]:
    """Download a model and install it; see `translation.models.install`."""
    from translation.models import install

    return install(
        name,
        settings.models_dir,
        base=settings.model_hub,
        quantisation=quantisation(form),
        accept_licence=accepted,
        progress=progress,
    )


def convert(
    settings: Settings,
    source: str,
    *,
    name: str,
    family: str,
    languages: str,
    licence: str,
    revision: str,
    form: str,
    accepted: bool,
    progress: Progress,
) -> list[str]:
    """Convert a transformers model and install it; see `translation.models.convert`.

    Args:
        languages: codes with commas between them.
    """
    from translation.models import convert

    return convert(
        source,
        settings.models_dir,
        name=name,
        family=family,
        languages=tuple(code.strip() for code in languages.split(",") if code.strip()),
        licence=licence,
        base=settings.model_hub,
        revision=revision,
        quantisation=quantisation(form),
        accept_licence=accepted,
        progress=progress,
    )


def remove(settings: Settings, name: str) -> list[str]:
    """Remove an installed model."""
    from translation.models import remove

    return remove(name, settings.models_dir)


def evaluate(
    settings: Settings, file: Path, source: str, target: str, limit: int, progress: Callable[[int, int], None]
) -> Report:
    """Measure installed models on a set; see `translation.evaluate.evaluate`. No memory is used."""
    from translation.evaluate import evaluate

    engine = wiring.open_engine(settings)
    try:
        catalogue = open_catalogue(settings)
        names = wiring.open_names(catalogue)
        translator = wiring.open_translator(engine, catalogue, names, None)
        return evaluate(
            file,
            engine,
            source=source,
            target=target,
            limit=limit,
            names=names,
            translator=translator,
            progress=progress,
        )
    finally:
        engine.close()
