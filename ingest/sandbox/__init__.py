"""Reads untrusted files in a process of its own, with limits on memory, time and reach.

Public: `child_process` (`claim_standard_streams`, `end_process`, `start_process`), `client.read_isolated`, `frames`
(`read_frame`, `write_frame`). vectorstore/chroma uses `child_process` and `frames` for a process of its own.
"""
