from pathlib import Path

import pytest
import torch
from tiny_reader import encoder, question, split, tiny_model

from assistant.reader.training.batches import collate
from assistant.reader.training.evaluate import Judge, claim_figures, question_figures
from assistant.reader.training.losses import loss_of
from assistant.reader.training.mixing import Recipe, plan
from assistant.reader.training.train import (
    CHECKPOINT,
    TrainingSettings,
    load_weights,
    rate_at,
    to_tensors,
    train,
)

pytestmark = pytest.mark.index

_RECIPE = Recipe(own_passes=30, own_claim_passes=30, changed_passages=0)
_SETTINGS = TrainingSettings(rate=3e-3, head_rate=3e-3, save_every=0)


def test_padding_does_not_change_what_is_read() -> None:
    pieces, model = encoder(), tiny_model().eval()
    one = pieces.question(question())
    longer = pieces.question(question("What became of all the lorries of the army? " * 3))
    assert one is not None and longer is not None
    found = []
    for inputs in ([one], [one, longer]):
        batch = to_tensors(collate(inputs), torch.device("cpu"))
        reading = model(batch.pieces, batch.types, batch.mask, batch.membership)
        found.append(reading.sentences[0, :3])
    torch.testing.assert_close(found[0], found[1], rtol=1e-4, atol=1e-5)


def test_training_lowers_the_loss_and_leaves_a_checkpoint(tmp_path: Path) -> None:
    pieces, model = encoder(), tiny_model()
    given = split()
    batch = collate([pieces.claim(one) for one in given.claims[0].claims], [0, 0])
    tensors = to_tensors(batch, torch.device("cpu"))
    reading = model.eval()(tensors.pieces, tensors.types, tensors.mask, tensors.membership)
    before = loss_of(reading, tensors).item()
    train(model, given, pieces, tmp_path, _RECIPE, _SETTINGS, lambda _: None)
    trained = tiny_model()
    load_weights(trained, tmp_path / CHECKPOINT)
    reading = trained.eval()(tensors.pieces, tensors.types, tensors.mask, tensors.membership)
    assert loss_of(reading, tensors).item() < before
    judge = Judge(trained, pieces)
    assert claim_figures(given.claims, judge.claims(given.claims))["auc"] > 0.9
    assert question_figures(judge.questions(given.questions))["first, of the text"] == 1.0


def test_a_finished_training_is_not_done_again(tmp_path: Path) -> None:
    pieces, said = encoder(), []  # type: ignore[var-annotated]
    recipe = Recipe(own_passes=1, own_claim_passes=1, changed_passages=0)
    train(tiny_model(), split(), pieces, tmp_path, recipe, _SETTINGS, said.append)
    first = torch.load(tmp_path / CHECKPOINT)["weights"]
    train(tiny_model(), split(), pieces, tmp_path, recipe, _SETTINGS, said.append)
    second = torch.load(tmp_path / CHECKPOINT)["weights"]
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert "from chunk 1" in said[-1]


def test_the_plan_is_the_same_for_the_same_seed_and_reads_own_texts_to_the_end() -> None:
    one, two = (plan(split(), _RECIPE, 3) for _ in range(2))
    assert [unit.number for unit in one] == [unit.number for unit in two]
    assert one[-1].what.source == "desk" and one[-1].place > 0.9


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    torch.save({"weights": {"foreign": torch.zeros(1)}}, tmp_path / CHECKPOINT)
    with pytest.raises(RuntimeError, match="another model"):
        load_weights(tiny_model(), tmp_path / CHECKPOINT)


def test_the_rate_rises_and_falls() -> None:
    assert rate_at(0) < rate_at(0.02) < rate_at(0.04) == 1.0
    assert rate_at(0.5) > rate_at(0.9) > rate_at(1.0) > 0
