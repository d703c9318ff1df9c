"""The embedding model (torch or ONNX), its export, the vectors kept, and what of a document is embedded."""
