import numpy as np
import pytest
from tiny_reader import PASSAGE, encoder, question

from assistant.reader.pieces import membership
from assistant.reader.training.batches import batched, collate
from assistant.reader.training.data import TrainingClaim
from assistant.reader.training.encoding import EITHER, Encoder

pytestmark = pytest.mark.index


@pytest.fixture(scope="module")
def packaged() -> Encoder:
    return encoder()


def test_the_answering_words_are_marked_by_piece(packaged: Encoder) -> None:
    one = packaged.question(question())
    assert one is not None
    marked = packaged._tokenizer.decode(one.pieces[one.first : one.last + 1].tolist())
    assert marked == PASSAGE.text[53:67]
    assert one.answering == (1,) and one.shown == (0, 1, 2)


def test_pieces_that_both_sides_have_are_told_from_others(packaged: Encoder) -> None:
    one = packaged.question(question("Which trucks?"))
    assert one is not None
    trucks = packaged._pieces("trucks")[0]
    assert set(one.types[one.pieces == trucks].tolist()) == {1, 3}
    rain = packaged._pieces("rain")[0]
    assert set(one.types[one.pieces == rain].tolist()) == {2}


def test_a_passage_without_its_answering_sentence_answers_nothing(packaged: Encoder) -> None:
    one = packaged.question(question(), shown="none")
    assert one is not None and one.answering == () and one.first == -1
    assert 1 not in one.shown


def test_a_narrow_room_keeps_the_answering_sentence(packaged: Encoder) -> None:
    one = packaged.question(question(), room=34)
    assert one is not None and len(one.pieces) <= 34
    assert 1 in one.shown and one.answering


def test_passages_cover_every_sentence_once(packaged: Encoder) -> None:
    found = packaged.passages(question(), room=34)
    assert [at for one in found for at in one.shown] == [0, 1, 2]
    assert [at for one in found for at in one.answering] != []


def test_every_piece_of_a_sentence_is_pooled_with_it_and_padding_with_none(packaged: Encoder) -> None:
    one = packaged.question(question())
    assert one is not None
    batch = collate([one, packaged.passages(question(), 34)[0]])
    assert batch.pieces.shape[1] % 16 == 0
    np.testing.assert_array_equal(
        batch.membership[0, :, : len(one.pieces)],
        membership(one.segments, batch.membership.shape[1]),
    )
    assert not batch.membership[:, :, len(one.pieces) :].any()
    assert batch.answering.tolist()[0][:3] == [0, 1, 0]


def test_pairs_of_claims_stay_together_whatever_their_lengths(packaged: Encoder) -> None:
    short, long = (
        TrainingClaim("It rained.", "Rain.", "supported"),
        TrainingClaim("It rained.", "It was dry " * 9, "not"),
    )
    units = [[packaged.claim(short), packaged.claim(long)] for _ in range(5)]
    for batch in batched(units, None, pieces=200):
        numbers = [number for number, _ in batch]
        made = collate([one for _, one in batch], numbers)
        assert len(made.pairs) == len(batch) // 2
        assert all(made.labels[a] == 0 and made.labels[b] == EITHER for a, b in made.pairs)
