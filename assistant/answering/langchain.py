"""The way of a question as one LangChain Runnable; its steps are `answering`'s."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from assistant.answering.pipeline import Answering, Asked
from assistant.results.answer import Answer, Sentence

if TYPE_CHECKING:
    from assistant.desk import Assistant


def answer_chain(desk: Assistant, model: str) -> Runnable[Any, Any]:
    """A Runnable from {"question", "history", "filters"} to an Answer; `stream` gives the checked
    sentences, then the Answer. Raises ModelError at once for a model that cannot be built."""
    steps = Answering(desk, model)
    return (
        RunnableLambda(steps.condense)
        | RunnableLambda(steps.retrieve)
        | RunnableLambda(steps.weigh)
        | Writer(steps)
    )


class Writer(Runnable[Asked, Any]):
    """The last step, which streams."""

    def __init__(self, steps: Answering) -> None:
        self._steps = steps

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        *_, answer = self.stream(input, config)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Sentence | Answer]:
        yield from self._steps.write(input)
