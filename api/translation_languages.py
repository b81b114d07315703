"""Which languages can be translated now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from api.translation_shapes import QualityName

if TYPE_CHECKING:
    from translation.ports import Engine

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""English names of languages; a code stands for itself where it has none here."""


class PairOut(BaseModel):
    """A pair of languages. `pivot` is the language between them, if any."""

    source: str
    target: str
    models: list[str]
    pivot: str | None
    quality: QualityName
    licences: list[str]


class LanguagesOut(BaseModel):
    """The pairs that can be translated. Without any, `install` is the command that installs a model."""

    pairs: list[PairOut]
    checked: list[str]
    install: str | None


def languages(engine: Callable[[], Engine], _spoken: str) -> dict[str, Any]:
    """The pairs that can be translated, in the shape of `LanguagesOut`.

    `checked` are the languages whose words the checks know; of others they read digits, units and codes only.
    """
    from medinfo.phrases import LANGUAGES
    from translation.models import install_command

    models = engine()
    pairs = []
    for source, target in sorted(models.pairs()):
        path = models.path(source, target)
        pairs.append(
            {
                "source": source,
                "target": target,
                "models": list(path.models),
                "pivot": path.pivot or None,
                "quality": path.quality,
                "licences": list(path.licences),
            }
        )
    return {"pairs": pairs, "checked": list(LANGUAGES), "install": None if pairs else install_command()}
