"""The desk for LangChain programs: answering as one Runnable, search as a retriever."""

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
    """A Runnable from {"question", "history", "filters"} to an Answer; its `stream` yields sentences, then the Answer.

    Raises ModelError at once if the model cannot be built.
    """
    steps = Answering(workspace, model)
    return (
        RunnableLambda(steps.condense)
        | RunnableLambda(steps.retrieve)
        | RunnableLambda(steps.weigh)
        | AnswerWriter(steps)
    )


class AnswerWriter(Runnable[QuestionState, Any]):
    """The last step of the chain, which can stream."""

    def __init__(self, steps: Answering) -> None:
        self._steps = steps

    def invoke(self, input: QuestionState, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The whole Answer."""
        *_, answer = self.stream(input, config)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self, input: QuestionState, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Sentence | Answer]:
        """Yield the checked sentences one by one, then the Answer."""
        yield from self._steps.write(input)


class PassageRetriever(BaseRetriever):
    """Searches the index and returns passages as LangChain documents."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    workspace: Workspace
    k: int = 10  # passages to return
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [as_document(passage) for passage in self.workspace.search(query, self.k, self.filters)]


def as_document(passage: Passage) -> Document:
    """A passage as a LangChain document: its text as content, its fields as metadata, its id as id."""
    return Document(page_content=passage.text, metadata=passage.to_json(), id=passage.passage_id)
