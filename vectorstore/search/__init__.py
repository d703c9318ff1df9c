"""From a question to passages: dense search, BM25, their fusion, title links and query expansion.

Public: `bm25.LexicalIndex`, `dense.DenseIndex`, `hybrid` (`admitted_generations`, `HybridRetriever`, `SearchResult`).
"""
