"""The reading process and how one talks to it. `vectorstore.chroma` uses `frames` and `child_process` from here."""
