"""Tells whether a mail comes from a person or an organisation, by its sender's name and address."""

from __future__ import annotations

import re

from ingest.document import Metadata
from ingest.metadata.names import organisation, person

# After a name: the list or service that passed the mail on.
_PASSED_ON = re.compile(r"\s+(?:via|on behalf of|im auftrag von|pour le compte de)\s+.*$", re.IGNORECASE)
_PERSON_OF = re.compile(
    r"(?P<person>[^,|@(/]+?)(?:\s*[,|@(/]\s*|\s+(?:at|from|of|-|–|—)\s+)(?P<organisation>.+?)\)?$"
)
# Mailboxes that are an office's, not a person's.
_OFFICE = re.compile(
    r"(?:^|[._+-])(?:no-?reply|do-?not-?reply|news(?:letters?)?|info|contact|press|media|alerts?|updates?|editors?|editorial|hello|"
    r"publications?|research|communications?|comms|bulletin|briefing|digest|subscriptions?|notifications?|office|mail|team)\b"
)
_FEWEST_LETTERS = 4  # of a part of a domain that is only contained in a name, or the other way round


def sender_metadata(name: str, address: str, how: str) -> Metadata:
    """Author, publisher or both by a sender's display name, empty if it tells neither.

    `how` says for people where the name was found: "mail header".
    `sender_metadata("Mara Lindqvist", "mara@x.org", "mail header").authors == ("Mara Lindqvist",)`
    """
    name = "" if "@" in name else _PASSED_ON.sub("", name).strip(" '\"")
    authors: tuple[str, ...] = ()
    publisher = None
    if (author := _person(name)) is not None and not _domain_has_name(name, address):
        authors = (author,)
    elif (parts := _PERSON_OF.fullmatch(name)) and (author := _person(parts["person"])) is not None:
        authors, publisher = (author,), _organisation(parts["organisation"], address)
    elif name:
        publisher = _organisation(name, address)
    origins = {field: how for field, value in (("authors", authors), ("publisher", publisher)) if value}
    return Metadata(authors=authors, publisher=publisher, found=origins)


def _person(name: str) -> str | None:
    """The name of a person, surname first or last: `_person("Okoro, Tomas") == "Tomas Okoro"`; None for no person."""
    surname, comma, forenames = name.partition(",")
    author = person(name)
    if author is None and comma and len(surname.split()) == 1 and len(forenames.split()) <= 2:
        author = person(f"{forenames} {surname}")
    return author


def _organisation(name: str, address: str) -> str | None:
    """An organisation's name; None if only its capitals tell that it is one.

    One word may be a first name, and two a person's name that `person` does not know. So the domain must confirm these,
    or for two words an office's mailbox: `_organisation("World Bank", "press@x.org") == "World Bank"`.
    """
    name = re.sub(r"\s*\([^)]*\)$", "", name)
    words = name.split()
    mailbox = address.partition("@")[0].casefold()
    is_certain = _domain_has_name(name, address) or (
        len(words) > 1 and (len(words) > 2 or _OFFICE.search(mailbox) is not None)
    )
    return organisation(name) if is_certain and "," not in name else None


def _domain_has_name(name: str, address: str) -> bool:
    """Whether the domain has the sender's name and the mailbox has not, as an organisation's.

    `_domain_has_name("Coast Watch", "news@coastwatch.example") is True`
    """
    mailbox, _, domain = address.casefold().partition("@")
    words = re.findall(r"[^\W_]+", name.casefold())
    joined = "".join(words)
    if any(len(word) > 2 and word in mailbox for word in words) and not _OFFICE.search(mailbox):
        return False
    initials = "".join(word[0] for word in words)
    for label in re.findall(r"[a-z0-9]+", domain.rpartition(".")[0].replace("-", "")):
        if min(len(label), len(joined)) >= _FEWEST_LETTERS and (label in joined or joined in label):
            return True
        if label in (joined, initials) and len(label) > 1:
            return True
    return False
