"""Where the parts of translation are put together: settings -> engine, names, memory -> translator.

Plain functions, for the service and the command line alike. CTranslate2, SQLAlchemy and the formats of documents are
imported when the first of them is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from api.refusals import UndetectedLanguage
from medinfo.errors import InvalidInput, NoModel
from medinfo.settings import Settings

if TYPE_CHECKING:
    from medinfo.medicines.catalogue import Catalogue
    from medinfo.storage.database import Database
    from medinfo.storage.glossaries import Glossaries
    from translation.engine import CTranslateEngine
    from translation.ports import Engine, Memory, Names, Path
    from translation.results import Term
    from translation.settings import EngineSettings
    from translation.translator import Translator

SAMPLE = 4000
"""Characters by which a language is told."""
SURE = 0.5
"""Probability from which a detected language is taken; below it the caller is asked to name it."""


def engine_settings(settings: Settings) -> EngineSettings:
    """What the engine is told of the settings."""
    from translation.settings import EngineSettings

    return EngineSettings(
        models=settings.models_dir,
        device=settings.device,
        gpus=settings.gpu_indices,
        compute_type=settings.compute_type,
        threads=settings.translation_threads,
        queue_tokens=settings.translation_queue_tokens,
        idle_seconds=settings.model_idle_seconds,
    )


def open_engine(settings: Settings) -> CTranslateEngine:
    """The engine; models are loaded when they are first used."""
    from translation.engine import CTranslateEngine

    return CTranslateEngine(engine_settings(settings))


def open_database(settings: Settings) -> Database:
    """The database, brought to its newest schema.

    Raises:
        StorageUnavailable: it cannot be opened.
    """
    from medinfo.storage.database import Database

    return Database.open(settings.database_url)


def open_names(catalogue: Catalogue) -> Names:
    """What finds medicines in running text."""
    from medinfo.medicines.mentions import Mentions

    return cast("Names", Mentions(catalogue))  # fulfils it in shape: medinfo knows nothing of translation


def open_translator(engine: Engine, catalogue: Catalogue, names: Names, memory: Memory | None) -> Translator:
    """A translator that knows medicines by their names in every language.

    Args:
        catalogue: all known names. names: finds them in texts. memory: approved translations.
    """
    from medinfo.medicines.naming import Naming
    from translation.translator import Translator

    return Translator(engine, names=names, memory=memory, said=Naming(catalogue).said)


def path(engine: Engine, source: str, target: str) -> Path:
    """How a pair is translated.

    Raises:
        NoModel: no model is installed; it names the one command that installs one for this pair.
        UnsupportedPair: those installed do not serve the pair. InvalidInput: both are the same language.
    """
    from translation.models import install_command

    if source == target:
        raise InvalidInput(f"Source and target are both {source}.", hint="There is nothing to translate.")
    try:
        return engine.path(source, target)
    except NoModel as error:
        if engine.pairs():
            raise
        command = install_command(source, target)
        raise NoModel(error.detail, hint=f"Install one: {command}", params={"command": command}) from None


def told_language(texts: Iterable[str]) -> tuple[str, float]:
    """The language that texts seem to be in, and how sure that is (0 to 1).

    Raises:
        UndetectedLanguage: it cannot be told well enough to rest a translation on it, as of a word or two.
    """
    from translation.detect import detect

    found = detect(sample(texts))
    if not found or found[0][1] < SURE:
        raise UndetectedLanguage("The language of the text cannot be told.", hint="Name the source language.")
    return found[0]


def sample(texts: Iterable[str]) -> str:
    """The beginning of some texts."""
    parts: list[str] = []
    size = 0
    for text in texts:
        parts.append(text[: SAMPLE - size])
        size += len(parts[-1])
        if size >= SAMPLE:
            break
    return "\n".join(parts)


def terms(glossaries: Glossaries, id: str, version: int | None, source: str, target: str) -> Sequence[Term]:
    """The entries of a glossary for a pair.

    Raises:
        NotFound: no such glossary or version. InvalidInput: it has no dictionary for the pair, so that nothing of it
            would be applied.
    """
    from translation.results import Term

    found = glossaries.entries(id, source, target, version)
    if not found:
        raise InvalidInput(f"The glossary has no dictionary from {source} to {target}.")
    return [Term(*entry) for entry in found]
