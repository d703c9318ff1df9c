"""From texts to the reader's weights: `python -m assistant.reader.training --data FOLDER`.

Needs torch and transformers, which the desk itself imports only when an embedding model is compiled.

Public: `own_texts.read_own_texts`, `data.load`, `train.train`, `export.export`.
"""
