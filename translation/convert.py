"""From a transformers model in a folder to CTranslate2, without a network.

Needs the extra `models` (torch, transformers). No code of a model is ever run: neither its Python files nor what a
pickle may hold. Weights are read from safetensors where there are any; from `pytorch_model.bin` only by a loader that
builds tensors and nothing else.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from medinfo.errors import InvalidInput, UnusableSource
from translation import models_catalogue
from translation.convert_vocabulary import Vocabulary, vocabulary

Quantisation = Literal["auto", "int8", "int8_float16", "float16", "float32"]
"""How weights are stored; `auto` is `float16` where there is a GPU, else `int8`."""

CONFIG = "config.json"
LARGEST_CONFIG = 1_000_000
"""Bytes."""
HINT = "Install what converts models: pip install 'medinfo[models]' (in this project: pip install -e '.[models]')"

_FAMILY_OF_TYPE = {"marian": "marian", "m2m_100": "m2m100", "t5": "madlad"}


def require_converter() -> None:
    """Refuse to convert where the extra `models` is not installed.

    Raises:
        InvalidInput: it is not; the hint says how to install it.
    """
    missing = [name for name in ("torch", "transformers") if importlib.util.find_spec(name) is None]
    if missing:
        raise InvalidInput(f"Converting a model needs {' and '.join(missing)}, which are not installed.", hint=HINT)


def family_of(folder: Path) -> str:
    """The family of a transformers model, told from its config.

    Raises:
        UnusableSource: there is no config, or it is of no family that can be converted.
    """
    config = read_json(folder / CONFIG)
    kind = str(config.get("model_type", ""))
    named = str(config.get("tokenizer_class", ""))
    tokenizer = folder / "tokenizer_config.json"
    if tokenizer.is_file():
        named += str(read_json(tokenizer).get("tokenizer_class", ""))
    if kind == "m2m_100" and "Nllb" in named:
        return "nllb"
    try:
        return _FAMILY_OF_TYPE[kind]
    except KeyError:
        raise UnusableSource(
            f"A model of the type {kind[:60]!r} cannot be converted: only Marian (OPUS-MT), NLLB, M2M-100 and MADLAD"
            " (T5) models can."
        ) from None


def chosen_quantisation(asked: Quantisation) -> str:
    """CTranslate2's name for how weights are stored."""
    if asked != "auto":
        return asked
    import ctranslate2

    return "float16" if ctranslate2.get_cuda_device_count() else "int8"


def to_ctranslate2(source: Path, target: Path, family: str, quantisation: Quantisation = "auto") -> str:
    """Convert a model and put its tokenizer's files beside it.

    Args:
        source: folder of the transformers model. target: folder that is made; must not exist.
        family: see `translation.families`.

    Returns:
        how the weights are stored.

    Raises:
        InvalidInput: the extra is not installed. UnusableSource: the folder holds no model of this family that can be
        read without running code of it; nothing is left in `target`.
    """
    require_converter()
    layout = models_catalogue.layout(family)
    _require_files(source, layout)
    stored = chosen_quantisation(quantisation)
    try:
        with _offline():
            _converter(source, family).convert(str(target), quantization=stored)
    except UnusableSource:
        shutil.rmtree(target, ignore_errors=True)
        raise
    except (Exception, SystemExit) as problem:  # transformers and torch raise their own, of every kind
        shutil.rmtree(target, ignore_errors=True)
        raise UnusableSource(f"The model cannot be converted: {_first_line(problem)}.") from problem
    for name in layout.kept:
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)
    return stored


def read_json(file: Path) -> Mapping[str, Any]:
    """A JSON object of bounded size.

    Raises:
        UnusableSource: it is none.
    """
    try:
        if file.stat().st_size > LARGEST_CONFIG:
            raise ValueError("it is too large")
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as problem:
        raise UnusableSource(f"{file.name} of the model cannot be read: {_first_line(problem)}.") from problem
    if not isinstance(told, dict):
        raise UnusableSource(f"{file.name} of the model is not what it should be.")
    return told


def _require_files(source: Path, layout: models_catalogue.Layout) -> None:
    missing = [name for name in layout.required if not (source / name).is_file()]
    if not any((source / name).is_file() for name in layout.weights):
        missing.append(" or ".join(layout.weights))
    if missing:
        raise UnusableSource(f"The folder has no {', no '.join(missing)}: it is no model of this family.")


def _converter(source: Path, family: str) -> Any:
    from ctranslate2.converters import TransformersConverter

    safe = any(source.glob("*.safetensors"))

    class Careful(TransformersConverter):  # type: ignore[misc]
        """Reads tensors only, from this folder only."""

        def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
            options |= {"use_safetensors": safe, "weights_only": True, "local_files_only": True}
            model, report = super().load_model(model_class, path, output_loading_info=True, **options)
            _require_every_weight(report)
            self.config = model.config
            # Transformers 5 ties the words of every T5 model and says beside it whether outputs are scaled; the
            # converter takes the one for the other, and would divide the logits of MADLAD by 32.
            if hasattr(model.config, "scale_decoder_outputs"):
                model.config.tie_word_embeddings = model.config.scale_decoder_outputs
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **options: Any) -> Vocabulary:
            return Vocabulary(vocabulary(source, family), self.config)

    return Careful(str(source), trust_remote_code=False)


def _require_every_weight(report: Mapping[str, Any]) -> None:
    """Refuse a checkpoint that lacks weights: transformers would draw them at random and say so in a warning."""
    # Positions are computed where they are not stored.
    lacking = sorted(name for name in report.get("missing_keys", ()) if "embed_positions" not in name)
    wrong = sorted(str(one) for one in report.get("mismatched_keys", ()))
    if lacking or wrong:
        raise UnusableSource(
            f"The weights do not fit the config: {len(lacking)} are missing and {len(wrong)} have another shape,"
            f" such as {(lacking or wrong)[0][:100]}."
        )


@contextmanager
def _offline() -> Iterator[None]:
    """Let nothing be looked up on a hub, and keep the libraries' chatter out of the terminal."""
    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
    before = {name: os.environ.get(name) for name in names}
    logger = logging.getLogger("transformers")
    level = logger.level
    os.environ |= dict.fromkeys(names, "1")
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _first_line(problem: BaseException) -> str:
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return lines[0][:300].rstrip(".")
