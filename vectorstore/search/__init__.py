"""A question to passages: dense, BM25, fusion, title links, query expansion."""
