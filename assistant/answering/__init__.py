"""From a question to a cited Answer: search, weigh the evidence, choose sentences or have a chat model write them.

Public: `pipeline.Answering`; `langchain.answer_chain` and `PassageRetriever` for LangChain programs.
"""
