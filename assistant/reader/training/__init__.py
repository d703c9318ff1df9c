"""From texts to the shipped reader: `python -m assistant.reader.training --data FOLDER`.

Needs torch and transformers, which the desk itself imports only where an embedding model is compiled.
"""
