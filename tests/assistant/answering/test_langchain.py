"""The desk as parts of a LangChain program."""

from __future__ import annotations

from assistant import Assistant


def test_the_chain_is_a_runnable_and_the_search_a_retriever(desk: Assistant) -> None:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    chain, retriever = desk.chain(), desk.retriever(k=2)
    assert isinstance(chain, Runnable) and isinstance(retriever, BaseRetriever)
    assert "March 2021" in chain.invoke({"question": "When did the bridge fall?"}).text
    found = retriever.invoke("fish traders")
    assert len(found) == 2 and "Twelve traders" in found[0].page_content
    assert {"document_id", "start", "end", "page", "published"} <= set(found[0].metadata)
