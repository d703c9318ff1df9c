"""Reads untrusted files in a process of its own, with limits on memory, time and reach.

Public: `client.read_isolated`. `vectorstore.chroma` uses `frames` and `child_process` for a process of its own.
"""
