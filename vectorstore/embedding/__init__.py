"""The embedding model (torch or ONNX), the vectors kept in the ledger, and the passages that are embedded.

Public: `index_model.IndexModel`, `model.EmbeddingModel`, `passages` (`cut_document`, `embedded_text`,
`IncomingDocument`, `passage_context`, `PreparedDocument`), `reranker` (`DEPTH`, `Reranker`), `torch_model`
(`DEFAULT_MODEL`, `ModelUnavailable`), `types` (`Embed`, `ModelIdentity`, `Vectors`), `vector_cache`
(`count_missing_vectors`, `ensure_vectors`, `model_key`, `stored_vectors`, `text_key`, `vectors_for`).
"""
