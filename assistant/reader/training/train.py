"""Training in bfloat16 with float32 masters, on CPU or GPU, with checkpoints from which it resumes."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from assistant.reader.training.batches import Batch, batched, collate
from assistant.reader.training.data import Split
from assistant.reader.training.encoding import Encoder
from assistant.reader.training.losses import loss_of
from assistant.reader.training.mixing import Planned, Recipe, encoded, plan
from assistant.reader.training.model import ReaderModel, trained_part

CHECKPOINT = "checkpoint.pt"
_CHUNK = 600  # units sorted by length together
_WARM_UP = 0.04
_CLIP = 1.0
_SAID_EVERY = 20  # steps


@dataclass(frozen=True)
class TrainingSettings:
    seed: int = 7
    rate: float = 1.2e-4  # of the encoder, at its highest
    head_rate: float = 5e-4
    decay: float = 0.01
    save_every: float = 240.0  # seconds
    most_steps: int | None = None  # to try it out
    minutes: float | None = None  # leave out chunks, evenly, where it would take longer
    threads: int = 2


class Masters:
    """AdamW over float32 copies of bfloat16 weights."""

    def __init__(self, model: ReaderModel, settings: TrainingSettings) -> None:
        named = [(name, one) for name, one in model.named_parameters() if one.requires_grad]
        self.weights: list[nn.Parameter] = [one for _, one in named]
        self.copies = [one.detach().float().clone().requires_grad_() for one in self.weights]
        groups: dict[tuple[float, float], list[Tensor]] = {}
        for (name, _), copy in zip(named, self.copies, strict=True):
            rate = settings.rate if name.startswith("encoder.") else settings.head_rate
            if "token_type_embeddings" in name:
                rate = settings.head_rate
            groups.setdefault((rate, settings.decay if copy.dim() > 1 else 0.0), []).append(copy)
        self.optimiser = torch.optim.AdamW(
            [
                {"params": one, "lr": rate, "weight_decay": decay, "highest": rate}
                for (rate, decay), one in groups.items()
            ]
        )

    def step(self, share: float) -> float:
        """One step at `share` of the highest rate; the norm of the gradients before clipping."""
        for weight, copy in zip(self.weights, self.copies, strict=True):
            copy.grad = None if weight.grad is None else weight.grad.float()
            weight.grad = None
        norm = float(nn.utils.clip_grad_norm_(self.copies, _CLIP))
        for group in self.optimiser.param_groups:
            group["lr"] = group["highest"] * share
        self.optimiser.step()
        with torch.no_grad():
            for weight, copy in zip(self.weights, self.copies, strict=True):
                weight.copy_(copy)
        return norm


def train(
    model: ReaderModel,
    split: Split,
    encoder: Encoder,
    folder: Path,
    recipe: Recipe,
    settings: TrainingSettings,
    say: Callable[[str], None],
) -> None:
    """Train `model` in place, leaving checkpoints in `folder`; goes on from the one that is there."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device=device, dtype=torch.bfloat16).train()
    masters = Masters(model, settings)
    units = plan(split, recipe, settings.seed)
    encoder.prepare([one.passage for one in split.questions], _texts(split))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(
        json.dumps({"recipe": asdict(recipe), "settings": asdict(settings)})
    )
    number, spent = _resume(folder, masters, model)
    chunks = math.ceil(len(units) / _CHUNK)
    say(f"{len(units)} units in {chunks} chunks, from chunk {number}, on {device}")
    started, saved = time.monotonic() - spent, time.monotonic()
    progress = TrainingProgress(say)
    while number < chunks:
        chunk = units[number * _CHUNK : (number + 1) * _CHUNK]
        batches = list(_batches(chunk, encoder, random.Random(settings.seed * 1000 + number)))
        for at, batch in enumerate(batches):
            done = (number + at / len(batches)) / chunks
            if settings.minutes:
                done = min(max(done, (time.monotonic() - started) / 60 / settings.minutes), 1.0)
            batch = to_tensors(batch, device)
            loss = loss_of(model(batch.pieces, batch.types, batch.mask, batch.membership), batch)
            loss.backward()  # type: ignore[no-untyped-call]
            masters.step(rate_at(done))
            progress.add(batch, loss, done)
            if progress.steps == settings.most_steps or done == 1.0:
                save(folder, masters, model, chunks, time.monotonic() - started)
                return
        number += 1
        if settings.minutes:  # behind the plan: go on where it should be
            number = max(number, int((time.monotonic() - started) / 60 / settings.minutes * chunks))
        if time.monotonic() - saved > settings.save_every or number >= chunks:
            save(folder, masters, model, number, time.monotonic() - started)
            saved = time.monotonic()


class TrainingProgress:
    """Says every now and then how far it is, what is lost and how long it will take."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.steps = self._pieces = 0
        self._say = say
        self._begun: tuple[float, float] | None = None  # when, and which share was done then
        self._losses: dict[bool, list[float]] = {False: [], True: []}

    def add(self, batch: Batch, loss: Tensor, done: float) -> None:
        now = time.monotonic()
        if self._begun is None:
            self._begun = now, done
        self._losses[batch.is_claim].append(float(loss.detach()))
        self.steps += 1
        self._pieces += batch.pieces.numel()
        if self.steps % _SAID_EVERY:
            return
        passed = max(now - self._begun[0], 1e-6)
        left = passed * (1 - done) / max(done - self._begun[1], 1e-6)
        said = " ".join(
            f"{'support' if task else 'answering'} {sum(one[-50:]) / len(one[-50:]):.3f}"
            for task, one in self._losses.items()
            if one
        )
        speed = self._pieces / passed
        self._say(f"{done:6.1%} step {self.steps} {said} {speed:.0f} pieces/s, {left / 60:.0f} min left")


def _texts(split: Split) -> list[str]:
    asked = [one.question for one in split.questions] + [one.passage.title for one in split.questions]
    return asked + [
        text for group in split.claims for claim in group.claims for text in (claim.claim, claim.evidence)
    ]


def _batches(chunk: Sequence[Planned], encoder: Encoder, chance: random.Random) -> Iterator[Batch]:
    for batch in batched(encoded(chunk, encoder, chance), chance):
        yield collate([one for _, one in batch], [unit for unit, _ in batch])


def rate_at(done: float) -> float:
    """Share of the highest rate when the share `done` is over: a short rise, then a cosine down to a fiftieth."""
    if done < _WARM_UP:
        return max(done, 0.001) / _WARM_UP
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (done - _WARM_UP) / (1 - _WARM_UP)))


def to_tensors(batch: Batch, device: torch.device) -> Batch:
    values: dict[str, Any] = {one.name: getattr(batch, one.name) for one in fields(batch)}
    for name, value in values.items():
        if not isinstance(value, bool):
            values[name] = torch.from_numpy(value).to(device)
    return Batch(**values)


def save(folder: Path, masters: Masters, model: ReaderModel, chunks: int, spent: float) -> None:
    """Write a checkpoint that takes the place of the last one whole."""
    names = [name for name, one in model.named_parameters() if one.requires_grad]
    weights = trained_part(model)
    weights.update(
        {name: copy.detach().cpu().clone() for name, copy in zip(names, masters.copies, strict=True)}
    )
    state: dict[str, Any] = {
        "chunks": chunks,
        "spent": spent,
        "weights": weights,
        "optimiser": masters.optimiser.state_dict(),
        "random": torch.get_rng_state(),
    }
    part = folder / f".{CHECKPOINT}.part"
    torch.save(state, part)
    part.replace(folder / CHECKPOINT)


def _resume(folder: Path, masters: Masters, model: ReaderModel) -> tuple[int, float]:
    """Take up the checkpoint of `folder`, if there is one: the chunks it has read, the seconds it took."""
    if not (folder / CHECKPOINT).is_file():
        return 0, 0.0
    state = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=True)
    names = [name for name, one in model.named_parameters() if one.requires_grad]
    with torch.no_grad():
        for name, copy, weight in zip(names, masters.copies, masters.weights, strict=True):
            copy.copy_(state["weights"][name])
            weight.copy_(copy)
    masters.optimiser.load_state_dict(state["optimiser"])
    torch.set_rng_state(state["random"])
    return int(state["chunks"]), float(state["spent"])


def load_weights(model: ReaderModel, path: Path) -> None:
    """A checkpoint's weights, in float32. Raises OSError, or RuntimeError where they are another model's."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    missing, unexpected = model.load_state_dict(state["weights"], strict=False)
    foreign = [name for name in missing if not name.startswith("word_embeddings.")]
    if foreign or unexpected:
        raise RuntimeError(f"{path} holds another model: {(foreign + unexpected)[:3]}")
