"""A small neural model that judges meaning: which sentence answers a question, whether words carry a claim.

It is trained by `training`; no weights ship yet, and nothing of the desk uses it so far.

Public: `onnx_reader` (`OnnxReader`, `PassageReading`, `word_embeddings`), `pieces` (`joined`, `membership`).
"""
