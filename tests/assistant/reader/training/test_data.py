import gzip
import json
from pathlib import Path

import pytest

from assistant.reader.training.data import from_own_texts, held_out, load, read_claims
from assistant.reader.training.own_texts import MalformedText, read_own_texts

_TEXT = """# A title | news | 1 March 2024
1 Rebels shot 11 soldiers in Kasso.
2 It rained on Friday.
Q who | Which side suffered? | 1: 11 soldiers | 2: Friday
Q near figure | How many rebels died? | -
P roles | 1,2 | Soldiers were shot by rebels. | Rebels were shot by soldiers.
"""


def _written(folder: Path, text: str) -> Path:
    (folder / "1_1.txt").write_text(text, "utf8")
    return folder


def test_a_written_text_gives_questions_with_exact_spans_and_pairs_of_claims(tmp_path: Path) -> None:
    questions, claims = from_own_texts(read_own_texts(_written(tmp_path, _TEXT)))
    answered, unanswered = questions
    assert [answered.passage.text[a:b] for a, b in answered.answers] == ["11 soldiers", "Friday"]
    assert answered.answering == (0, 1)
    assert unanswered.answers == () and unanswered.answering == ()
    assert [one.label for one in claims[0].claims] == ["supported", "not"]
    assert claims[0].claims[0].evidence == "Rebels shot 11 soldiers in Kasso. It rained on Friday."


@pytest.mark.parametrize(
    "line",
    [
        "Q who | Which? | 1: 12 soldiers",
        "P roles | 3 | One. | Other.",
        "P roles | 1 | One.",
        "4 Out of order.",
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(MalformedText, match=r"1_1.txt, line 7"):
        read_own_texts(_written(tmp_path, _TEXT + line + "\n"))


def test_the_shipped_texts_are_well_formed_and_as_many_as_stated() -> None:
    texts = read_own_texts()
    assert len(texts) == 270
    assert sum(len(one.questions) for one in texts) == 5400
    assert sum(len(one.pairs) for one in texts) == 11_040


def test_no_text_is_both_trained_on_and_held_out() -> None:
    dataset = load(None)
    trained = {one.group for one in dataset.training.questions + dataset.training.claims}  # type: ignore[operator]
    kept = {one.group for one in dataset.held_out.questions + dataset.held_out.claims}  # type: ignore[operator]
    assert not trained & kept
    assert 0.15 * 270 <= len(kept) <= 0.3 * 270
    assert all(held_out(group) for group in kept)


def test_claims_about_the_same_words_stand_together_and_a_neutral_one_is_unproven(tmp_path: Path) -> None:
    rows = [
        {"source": "mnli", "evidence": "It rained.", "claim": "It was wet.", "label": "supported"},
        {"source": "mnli", "evidence": "It rained.", "claim": "It was Monday.", "label": "not"},
        {"source": "fever", "evidence": "It rained.", "claim": "It was dry.", "label": "not"},
    ]
    with gzip.open(tmp_path / "claims.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    first, second = read_claims(tmp_path / "claims.jsonl.gz")
    assert [one.label for one in first.claims] == ["supported", "unproven"]
    assert [one.label for one in second.claims] == ["not"]
