"""Outlook's compressed RTF is unpacked as far as it is whole."""

from __future__ import annotations

from mail_samples import COMPRESSED, RTF

from ingest.readers.rtf.compressed import decompress


def test_compressed_rtf_unpacks_and_damage_ends_it() -> None:
    assert decompress(COMPRESSED) == RTF
    stored = b"\0\0\0\0" + len(RTF).to_bytes(4, "little") + b"MELA" + bytes(4) + RTF
    assert decompress(stored) == RTF
    for end in range(len(COMPRESSED)):
        assert RTF.startswith(decompress(COMPRESSED[:end]))
    assert decompress(b"nothing of the kind") == b""
