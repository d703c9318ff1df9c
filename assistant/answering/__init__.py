"""From a question to a cited Answer: search, weigh the evidence, choose sentences or have a chat model write them.

Public: `langchain` (`answer_chain`, `PassageRetriever`), `pipeline.Answering`. `langchain` is for LangChain programs.
"""
