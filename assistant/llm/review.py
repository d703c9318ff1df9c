"""Reviews a model's sentence: check it, look for a better citation, ask the model once more, else mark or cut it."""

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

# (sentence, faults in words) -> the sentence rewritten, with markers
RewriteSentence = Callable[[str, Sequence[str]], str]

_ELSEWHERE = 4  # passages searched for other support, those that share most words with the sentence
_REWRITES = 3  # sentences of one answer that the model is asked to rewrite, at most


class SentenceReview:
    """Reviews the sentences of one answer, in order.

    `passages` are those the model saw, numbered from 1; `citations` issues the answer's own numbers. A sentence that
    nothing supports is left out with `cut`, and else marked as unsupported.
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
        """Have unsupported sentences rewritten by `rewrite`, at most `_REWRITES` per answer; returns self."""
        self._rewrite = rewrite
        return self

    def sentence(self, text: str, cited: Sequence[int]) -> Sentence | None:
        """The sentence to show, or None to show nothing.

        `cited` are the model's passage numbers; numbers that were never issued are ignored.
        """
        citations = resolve_citations(text, cited, self.passages)
        verdict = self._verdict(text, citations)
        if verdict.support == "unsupported":
            better = self._elsewhere(text) or self._again(text, verdict)
            if better is not None:
                return better
            if self._cut:
                return None
        return self._shown(text, citations, verdict)

    def _verdict(self, text: str, citations: Sequence[Citation]) -> SupportVerdict:
        cited = {citation.passage_id for citation in citations}
        around = [passage for passage in self.passages if passage.passage_id in cited]
        return self._check(
            text,
            [citation.quote for citation in citations],
            "\n\n".join(f"{passage.title or ''}\n\n{passage.text}" for passage in around),
        )

    def _shown(self, text: str, citations: Sequence[Citation], verdict: SupportVerdict) -> Sentence:
        return Sentence(
            text, self._citations.numbers(citations), verdict.support, verdict.score, verdict.reasons
        )

    def _elsewhere(self, text: str) -> Sentence | None:
        """The sentence citing a span of another passage that supports it, or None if there is none."""
        words = set(stems(text))
        candidates = sorted(self.passages, key=lambda passage: -len(words & set(stems(passage.text))))[
            :_ELSEWHERE
        ]
        spans = [best_span(text, passage) for passage in candidates]
        verdicts = [(span, self._verdict(text, [span])) for span in spans]
        good = [pair for pair in verdicts if pair[1].support != "unsupported"]
        if not good:
            return None
        span, verdict = max(good, key=lambda pair: (pair[1].support == "verbatim", pair[1].score))
        return self._shown(text, [span], verdict)

    def _again(self, text: str, verdict: SupportVerdict) -> Sentence | None:
        """The sentence as the model rewrites it when told the faults, or None if that is not supported either."""
        if self._rewrite is None or self._rewrites >= _REWRITES:
            return None
        self._rewrites += 1
        try:
            rewritten, cited = split_markers(" ".join(self._rewrite(text, verdict.reasons).split()))
        except ModelError:
            self._rewrites = _REWRITES  # a model that failed once will not answer the next time
            return None
        if not rewritten or REFUSAL.rstrip(".") in rewritten:
            return None
        citations = resolve_citations(rewritten, cited, self.passages)
        rewritten_verdict = self._verdict(rewritten, citations)
        if rewritten_verdict.support == "unsupported":
            return None
        return self._shown(rewritten, citations, rewritten_verdict)
