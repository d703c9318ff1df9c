"""From a question to passages: dense search, BM25, their fusion, title links and query expansion.

Public: `Retrieval`, `SearchResult`, `admitted`, `DenseIndex`, `LexicalIndex`.
"""
