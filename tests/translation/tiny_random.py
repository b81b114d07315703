"""Models with the layout of a family and random weights: real for CTranslate2, but what they say means nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import sentencepiece
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.common_spec import Activation

from translation.engine_manifest import write_manifest
from translation.families import family as family_named

LINES = (
    "The patient takes one tablet of 500 mg in the morning and two in the evening for 10 days.",
    "Do not drive after the injection; call a doctor if the pain in the chest comes back within 24 hours.",
    "Le patient prend un comprimé de 500 mg le matin et deux le soir pendant 10 jours.",
    "Ne conduisez pas après l'injection ; appelez un médecin si la douleur revient sous 24 heures.",
    "El paciente toma una pastilla por la mañana, nunca con alcohol, y dos por la noche: 2,5 mg al día.",
    "Der Patient nimmt morgens eine Tablette ein, niemals mit Alkohol, und abends zwei: 2,5 mg pro Tag.",
    "Il paziente prende una compressa al mattino, mai con alcol, e due alla sera; temperatura < 38,5 °C (37 %).",
    "O doente toma um comprimido de manhã e dois à noite, em jejum: ver folheto, 0,9 % NaCl, pH 7.4.",
)
ALL = ("de", "en", "es", "fr", "it", "pt")
FILES = {
    "marian": ("source.spm", "target.spm"),
    "nllb": ("sentencepiece.bpe.model",),
    "m2m100": ("sentencepiece.bpe.model",),
    "madlad": ("spiece.model",),
    "medinfo": ("sentencepiece.model",),
}


def random_model(
    folder: Path,
    family: str,
    name: str = "",
    *,
    pairs: Sequence[tuple[str, str]] = (),
    languages: Sequence[str] = (),
    layers: int = 1,
    width: int = 32,
    heads: int = 2,
    inner: int = 64,
    pieces: int = 300,
    vocabulary: int = 0,
    positions: int = 0,
    seed: int = 0,
    quantisation: str = "int8",
    quality: str = "provisional",
    ends: float = 6.0,
) -> Path:
    """Write a model of a family with random weights, its SentencePiece models and its manifest.

    Args:
        folder: the folder of models; the model's own folder is made inside it.
        family: marian, nllb, m2m100, madlad or medinfo.
        name: of the model; `random-<family>` where empty.
        pairs, languages: what it serves. By default fr to en for marian, else all of en, fr, es, de, it, pt.
        layers, width, heads, inner: sizes of the network, encoder and decoder alike.
        pieces: of its SentencePiece model, at most. vocabulary: of the network; filled with tokens never used.
        positions: of its table; the family's where 0. seed: of the weights. quantisation: of the weights on disk.
        quality: for the manifest. ends: how likely a sentence is to end at any step; 0 runs to the limit mostly.

    Returns:
        The model's folder.
    """
    place = folder / (name or f"random-{family}")
    place.mkdir(parents=True)
    several = () if pairs else tuple(languages) or (() if family == "marian" else ALL)
    chosen = tuple(pairs) or (() if several else (("fr", "en"),))
    tags = _tags(family, several or tuple(dict.fromkeys(target for _, target in chosen)), many=len(chosen) != 1)
    model = _sentencepiece(pieces, tags if family == "madlad" else ())
    for file in FILES[family]:
        (place / file).write_bytes(model)
    tokens = _vocabulary(family, model, tags, vocabulary)
    draw = np.random.default_rng(seed)
    spec = _specification(family, layers, heads)
    length = positions or family_named(family).longest
    _fill(spec, draw, len(tokens), width, inner, length)
    bias = np.zeros(len(tokens), dtype=np.float32)
    bias[tokens.index("</s>")] = ends
    spec.decoder.projection.bias = bias
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization=None if quantisation == "float32" else quantisation)
    spec.save(str(place))
    write_manifest(
        place, family=family, pairs=chosen, languages=several, licence=family_named(family).licence, quality=quality,
        source="random weights", revision=str(seed), quantisation=quantisation,
    )  # fmt: skip
    return place


def _tags(family: str, languages: Iterable[str], *, many: bool) -> tuple[str, ...]:
    if family == "marian" and not many:
        return ()
    return tuple(family_named(family).candidates(language)[0] for language in languages)


def _sentencepiece(pieces: int, symbols: Sequence[str]) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES * 3), model_writer=model, vocab_size=pieces, hard_vocab_limit=False,
        model_type="unigram", character_coverage=1.0, user_defined_symbols=list(symbols), minloglevel=3, num_threads=1,
        normalization_rule_name="nmt_nfkc", bos_id=0, eos_id=1, unk_id=2,
    )  # fmt: skip
    return model.getvalue()


def _vocabulary(family: str, model: bytes, tags: Sequence[str], size: int) -> list[str]:
    read = sentencepiece.SentencePieceProcessor(model_proto=model)
    pieces = [read.id_to_piece(number) for number in range(read.get_piece_size())]
    special = ["</s>", "<unk>"] if family == "marian" else ["<s>", "<pad>", "</s>", "<unk>"]
    tokens = list(dict.fromkeys([*special, *(piece for piece in pieces if piece != "<s>"), *tags]))
    return tokens + [f"madeupword{number}" for number in range(size - len(tokens))]


def _specification(family: str, layers: int, heads: int) -> TransformerSpec:
    if family == "madlad":
        spec = TransformerSpec.from_config(
            layers, heads, pre_norm=True, activation=Activation.GELUTanh, ffn_glu=True, relative_attention_bias=True,
            rms_norm=True,
        )  # fmt: skip
        spec.config.decoder_start_token = "<s>"
        return spec
    post_norm = family in {"marian", "medinfo"}
    activation = Activation.SWISH if post_norm else Activation.RELU
    spec = TransformerSpec.from_config(layers, heads, pre_norm=not post_norm, activation=activation)
    spec.config.decoder_start_token = "</s>"
    spec.decoder.start_from_zero_embedding = post_norm
    return spec


def _fill(spec: TransformerSpec, draw: np.random.Generator, tokens: int, width: int, inner: int, length: int) -> None:
    """Set every weight: small random numbers, the embeddings shared as the families share them."""

    def linear(layer: Any, outputs: int, inputs: int) -> None:
        layer.weight = _normal(draw, (outputs, inputs), inputs**-0.5)
        layer.bias = np.zeros(outputs, dtype=np.float32)

    embeddings = _normal(draw, (tokens, width), 1.0)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.embeddings[0].weight = decoder.embeddings.weight = embeddings
    decoder.projection.weight = _normal(draw, (tokens, width), 3 * width**-0.5)
    for part in (encoder, decoder):
        part.scale_embeddings = False
        if hasattr(part, "position_encodings"):
            part.position_encodings.encodings = _normal(draw, (length, width), 0.5)
        if hasattr(part, "layer_norm"):
            _norm(part.layer_norm, width)
        for layer in part.layer:
            _attention(layer.self_attention, draw, linear, width, (3, 1), int(spec.encoder.num_heads))
            if part is decoder:
                _attention(layer.attention, draw, linear, width, (1, 2, 1), int(spec.encoder.num_heads))
            _norm(layer.ffn.layer_norm, width)
            linear(layer.ffn.linear_0, inner, width)
            linear(layer.ffn.linear_1, width, inner)
            if hasattr(layer.ffn, "linear_0_noact"):
                linear(layer.ffn.linear_0_noact, inner, width)


def _attention(
    layer: Any, draw: np.random.Generator, linear: Any, width: int, outputs: Sequence[int], heads: int
) -> None:
    _norm(layer.layer_norm, width)
    for one, times in zip(layer.linear, outputs, strict=True):
        linear(one, times * width, width)
    if hasattr(layer, "relative_attention_bias"):
        layer.relative_attention_bias = _normal(draw, (32, heads), 0.5)
        layer.relative_attention_max_distance = np.dtype("int32").type(128)


def _norm(layer: Any, width: int) -> None:
    layer.gamma = np.ones(width, dtype=np.float32)
    if hasattr(layer, "beta"):
        layer.beta = np.zeros(width, dtype=np.float32)


def _normal(draw: np.random.Generator, shape: tuple[int, ...], scale: float) -> npt.NDArray[np.float32]:
    return draw.standard_normal(shape, dtype=np.float32) * np.float32(scale)
