"""Turns what a user names (files, folders, web addresses) into single sources, and fetches pages from the public web.

Public: `expanding.Source`, `expanding.expand`, `fetching.Fetched`, `fetching.fetch`, `urls.normalise`.
"""
