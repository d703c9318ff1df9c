"""Reads ZIP archives: their files become attachments.

Public: `reader.read_archive`.
"""
