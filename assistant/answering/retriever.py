"""The search as a LangChain retriever, for the chain here and for anybody's own."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore import Filters, Passage


class PassageRetriever(BaseRetriever):
    """Passages as LangChain documents: the text as content, the Passage fields as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    desk: Any  # the Assistant that searches (its type would import this module back)
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [as_document(passage) for passage in self.desk.search(query, self.k, self.filters)]


def as_document(passage: Passage) -> Document:
    return Document(page_content=passage.text, metadata=passage.to_json(), id=passage.passage_id)
