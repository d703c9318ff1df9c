"""What becomes of a sentence that a model wrote: checked, repaired where it can be, and else marked or cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from assistant.evidence.refusal import REFUSAL
from assistant.grounding import Checker, SupportVerdict
from assistant.language.words import stems
from assistant.llm.providers import ModelError
from assistant.results.answer import Citation, CitationList, Sentence
from assistant.results.spans import best_span, resolve_citations, split_markers
from vectorstore import Passage

RewriteSentence = Callable[
    [str, Sequence[str]], str
]  # sentence, what is wrong with it -> the sentence anew, with markers

_ELSEWHERE = 4  # passages in which support is looked for, those that share most words first
_REWRITES = 3  # sentences of one answer with which the model is asked again


class SentenceReview:
    """Reviews the sentences of one answer, in order.

    `passages` are those that the model saw, numbered from 1; `citations` hands out the answer's own numbers. With
    `cut` a sentence that nothing supports is left out, else it is marked as unsupported.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        citations: CitationList,
        checker: Checker | None = None,
        cut: bool = False,
    ) -> None:
        self.passages = passages
        self._citations = citations
        self._check = checker or Checker()
        self._cut = cut
        self._rewrite: RewriteSentence | None = None
        self._rewrites = 0

    def rewriting(self, rewrite: RewriteSentence) -> Self:
        """With a model that is asked once more about a sentence that fails."""
        self._rewrite = rewrite
        return self

    def sentence(self, text: str, cited: Sequence[int]) -> Sentence | None:
        """The sentence to show, or None. `cited` are the model's numbers; those never issued count for nothing."""
        found = resolve_citations(text, cited, self.passages)
        verdict = self._verdict(text, found)
        if verdict.support == "unsupported":
            better = self._elsewhere(text) or self._again(text, verdict)
            if better is not None:
                return better
            if self._cut:
                return None
        return self._shown(text, found, verdict)

    def _verdict(self, text: str, found: Sequence[Citation]) -> SupportVerdict:
        around = [one for one in self.passages if one.passage_id in {cited.passage_id for cited in found}]
        return self._check(
            text,
            [one.quote for one in found],
            "\n\n".join(f"{one.title or ''}\n\n{one.text}" for one in around),
        )

    def _shown(self, text: str, found: Sequence[Citation], verdict: SupportVerdict) -> Sentence:
        return Sentence(text, self._citations.numbers(found), verdict.support, verdict.score, verdict.reasons)

    def _elsewhere(self, text: str) -> Sentence | None:
        """The sentence on a span that the model did not cite, or cited wrongly, where one supports it."""
        words = set(stems(text))
        likely = sorted(self.passages, key=lambda one: -len(words & set(stems(one.text))))[:_ELSEWHERE]
        spans = [best_span(text, one) for one in likely]
        verdicts = [(span, self._verdict(text, [span])) for span in spans]
        good = [pair for pair in verdicts if pair[1].support != "unsupported"]
        if not good:
            return None
        span, verdict = max(good, key=lambda pair: (pair[1].support == "verbatim", pair[1].score))
        return self._shown(text, [span], verdict)

    def _again(self, text: str, verdict: SupportVerdict) -> Sentence | None:
        """The sentence as the model writes it when it is told what is wrong, where that is supported."""
        if self._rewrite is None or self._rewrites >= _REWRITES:
            return None
        self._rewrites += 1
        try:
            written, cited = split_markers(" ".join(self._rewrite(text, verdict.reasons).split()))
        except ModelError:
            self._rewrites = _REWRITES  # it will not answer the next time, either
            return None
        if not written or REFUSAL.rstrip(".") in written:
            return None
        found = resolve_citations(written, cited, self.passages)
        anew = self._verdict(written, found)
        return self._shown(written, found, anew) if anew.support != "unsupported" else None
