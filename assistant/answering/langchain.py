"""The desk for LangChain programs: the way of a question as one Runnable, the search as a retriever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from pydantic import ConfigDict

from assistant.answering.pipeline import Answering, QuestionState
from assistant.results.answer import Answer, Sentence
from assistant.workspace import Workspace
from vectorstore import Filters, Passage


def answer_chain(workspace: Workspace, model: str) -> Runnable[Any, Any]:
    """A Runnable from {"question", "history", "filters"} to an Answer; `stream` gives the checked
    sentences, then the Answer. Raises ModelError at once for a model that cannot be built."""
    steps = Answering(workspace, model)
    return (
        RunnableLambda(steps.condense)
        | RunnableLambda(steps.retrieve)
        | RunnableLambda(steps.weigh)
        | AnswerWriter(steps)
    )


class AnswerWriter(Runnable[QuestionState, Any]):
    """The last step, which streams."""

    def __init__(self, steps: Answering) -> None:
        self._steps = steps

    def invoke(self, input: QuestionState, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        *_, answer = self.stream(input, config)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self, input: QuestionState, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Sentence | Answer]:
        yield from self._steps.write(input)


class PassageRetriever(BaseRetriever):
    """Passages as LangChain documents: the text as content, the Passage fields as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    workspace: Workspace
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [as_document(passage) for passage in self.workspace.search(query, self.k, self.filters)]


def as_document(passage: Passage) -> Document:
    return Document(page_content=passage.text, metadata=passage.to_json(), id=passage.passage_id)
