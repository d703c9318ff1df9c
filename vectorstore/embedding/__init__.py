"""The embedding model (torch or ONNX), the vectors kept in the ledger, and the passages that are embedded.

Public: `EmbeddingModel`, `ModelIdentity`, `Vectors`, `Embed`, `IndexModel`, `Reranker`, `ModelUnavailable`,
`DEFAULT_MODEL`, `IncomingDocument`, `PreparedDocument`, `cut_document`, `passage_context`, `embedded_text`, and the
functions of `vector_cache`.
"""
