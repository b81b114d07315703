"""A tiny model trained for about a minute on sentences of our own, converted and run: it really translates them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.translation.own_pairs import pairs
from tests.translation.tiny_transformers import marian, spm
from translation import models
from translation.engine import CTranslateEngine
from translation.engine_manifest import read_manifest
from translation.settings import EngineSettings
from translation.translator import Translator

pytestmark = pytest.mark.torch

STEPS, BATCH, RATE = 420, 48, 3e-3
SAID = (
    ("Prenez 5 mg d'aspirine le matin.", "Take 5 mg of aspirin in the morning."),
    ("Prenez 250 mg de paracétamol toutes les huit heures.", "Take 250 mg of paracetamol every eight hours."),
    ("Prenez 2,5 ml d'insuline une fois par semaine.", "Take 2.5 ml of insulin once a week."),
    ("Prenez 10 mg de paracétamol deux fois par jour.", "Take 10 mg of paracetamol twice a day."),
    ("Ne prenez pas l'aspirine pendant la grossesse.", "Do not take aspirin during pregnancy."),
    ("Évitez le paracétamol avec de l'alcool.", "Avoid paracetamol with alcohol."),
    ("Arrêtez l'insuline en cas d'allergie.", "Stop insulin in case of allergy."),
    ("Douleur au genou gauche.", "Pain in the left knee."),
    ("Fracture du bras droit.", "Fracture of the right arm."),
    ("Le poumon droit est enflé.", "The right lung is swollen."),
    ("Ce médicament est contre-indiqué.", "This medicine is contraindicated."),
    ("Ne pas avaler.", "Do not swallow."),
    ("Le patient n'a pas de fièvre.", "The patient has no fever."),
    ("Tenir hors de la portée des enfants.", "Keep out of the reach of children."),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models with the trained one, converted by the real path."""
    place = tmp_path_factory.mktemp("trained")
    models.convert(str(trained(place / "opus-mt-fr-en")), place / "models", licence="Apache-2.0", quantisation="int8")
    return place / "models"


@pytest.fixture
def engine(folder: Path) -> Iterator[CTranslateEngine]:
    made = CTranslateEngine(EngineSettings(folder, device="cpu", threads=1))
    yield made
    made.close()


def trained(place: Path) -> Path:
    """A Marian model that has learnt the pairs."""
    import torch
    from transformers import MarianMTModel

    known = pairs()
    model = spm([text for pair in known for text in pair] * 2, pieces=300, kind="bpe")
    source = marian(place, model=model, d_model=96, encoder_layers=2, decoder_layers=2, init_std=0.1, dropout=0.0)
    net = MarianMTModel.from_pretrained(str(source)).train()
    examples = numbered(source, known)
    padding = net.config.pad_token_id
    torch.manual_seed(3)
    torch.set_num_threads(1)  # threads that spin on a busy machine collapse
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=STEPS, pct_start=0.1)
    for _ in range(STEPS):
        chosen = [examples[at] for at in torch.randint(len(examples), (BATCH,)).tolist()]
        read, written = (padded([pair[side] for pair in chosen], padding) for side in (0, 1))
        labels = written.masked_fill(written == padding, -100)
        loss = net(input_ids=read, attention_mask=(read != padding).long(), labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    net.eval().save_pretrained(str(source))
    return source


def numbered(source: Path, known: list[tuple[str, str]]) -> list[tuple[list[int], list[int]]]:
    """Pairs as numbers of tokens, each side with its end."""
    import json

    import sentencepiece

    vocabulary = json.loads((source / "vocab.json").read_text(encoding="utf-8"))
    read = sentencepiece.SentencePieceProcessor(model_file=str(source / "source.spm"))

    def numbers(text: str) -> list[int]:
        return [*(vocabulary[piece] for piece in read.encode(text, out_type=str)), vocabulary["</s>"]]

    return [(numbers(one), numbers(two)) for one, two in known]


def padded(rows: list[list[int]], padding: int) -> torch.Tensor:  # type: ignore[name-defined]  # noqa: F821
    """Rows of one length."""
    import torch

    width = max(map(len, rows))
    return torch.tensor([row + [padding] * (width - len(row)) for row in rows])


def test_what_is_asked_is_in_what_was_learnt() -> None:
    assert set(SAID) <= set(pairs())
    assert len(set(pairs())) > 180


def test_the_trained_model_translates_what_it_learnt(engine: CTranslateEngine) -> None:
    found = engine.translate([french for french, _ in SAID], "fr", "en")
    assert [one[0].text for one in found] == [english for _, english in SAID]
    assert all(one[0].score > 0.5 for one in found)


def test_the_service_gives_it_without_a_flag(engine: CTranslateEngine) -> None:
    for french, english in SAID:
        (given,) = Translator(engine).translate([french], "fr", "en")
        assert given.text == english
        assert given.ok


def test_the_trained_model_is_recorded(folder: Path) -> None:
    model = read_manifest(folder / "opus-mt-fr-en")
    assert (model.family, model.pairs, model.quantisation) == ("marian", (("fr", "en"),), "int8")
    assert models.verify("opus-mt-fr-en", folder) == []
