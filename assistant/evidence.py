"""Sentences of the sources that may answer a question, with what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Citation
from vectorstore import Passage


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage: passage.text[start:end]."""

    passage: Passage
    start: int  # offset within the passage's text
    end: int
    similarity: float = 0.0  # cosine of question and sentence
    coverage: float = 0.0  # share of the question's weighted words it holds, 0 to 1
    score: float = 0.0  # what it is ranked by, 0 to 1

    @property
    def text(self) -> str:
        """The sentence on one line; the quote keeps the source's own white space."""
        return " ".join(self.passage.text[self.start : self.end].split())

    @property
    def citation(self) -> Citation:
        return Citation.of(self.passage, self.start, self.end)
