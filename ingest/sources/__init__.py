"""Turns what a user names (files, folders, web addresses) into single sources, and fetches pages from the public web.

Public: `expanding` (`expand`, `Source`), `fetching` (`fetch`, `FetchedPage`), `urls.normalise_address`.
"""
