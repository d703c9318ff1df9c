"""Whether a mail comes from a person or from an organisation, by the name and the address it comes from."""

from __future__ import annotations

import re

from ingest.document import Metadata
from ingest.metadata.names import organisation, person

# Behind a name: the list or the service that passed the mail on.
_PASSED_ON = re.compile(r"\s+(?:via|on behalf of|im auftrag von|pour le compte de)\s+.*$", re.IGNORECASE)
_PERSON_OF = re.compile(
    r"(?P<person>[^,|@(/]+?)(?:\s*[,|@(/]\s*|\s+(?:at|from|of|-|–|—)\s+)(?P<organisation>.+?)\)?$"
)
# Mailboxes that no person has.
_OFFICE = re.compile(
    r"(?:^|[._+-])(?:no-?reply|do-?not-?reply|news(?:letters?)?|info|contact|press|media|alerts?|updates?|editors?|editorial|hello|"
    r"publications?|research|communications?|comms|bulletin|briefing|digest|subscriptions?|notifications?|office|mail|team)\b"
)
_FEWEST_LETTERS = 4  # of a domain's word, for it to confirm a name


def sender_metadata(name: str, address: str, how: str) -> Metadata:
    """Author or publisher by a sender's display name, nothing where it tells neither; `how` says where it stood."""
    name = "" if "@" in name else _PASSED_ON.sub("", name).strip(" '\"")
    authors: tuple[str, ...] = ()
    publisher = None
    if (author := _person(name)) is not None and not _is_its_domains(name, address):
        authors = (author,)
    elif (parts := _PERSON_OF.fullmatch(name)) and (author := _person(parts["person"])) is not None:
        authors, publisher = (author,), _organisation(parts["organisation"], address)
    elif name:
        publisher = _organisation(name, address)
    found = {field: how for field, value in (("authors", authors), ("publisher", publisher)) if value}
    return Metadata(authors=authors, publisher=publisher, found=found)


def _person(name: str) -> str | None:
    """The person's name, also where the surname stands first: "Okoro, Tomas"."""
    surname, comma, given = name.partition(",")
    if (found := person(name)) is None and comma and len(surname.split()) == 1 and len(given.split()) <= 2:
        found = person(f"{given} {surname}")
    return found


def _organisation(name: str, address: str) -> str | None:
    """An organisation's name, if something besides its capitals says that it is one: a single word may as well be
    somebody's first name, and two a name that `person` does not know."""
    name = re.sub(r"\s*\([^)]*\)$", "", name)
    words = name.split()
    mailbox = address.partition("@")[0].casefold()
    sure = _is_its_domains(name, address) or (
        len(words) > 1 and (len(words) > 2 or _OFFICE.search(mailbox) is not None)
    )
    return organisation(name) if sure and "," not in name else None


def _is_its_domains(name: str, address: str) -> bool:
    """Whether the sender's domain is called what the sender is, and the mailbox is not: "Coast Watch",
    news@coastwatch.example."""
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
