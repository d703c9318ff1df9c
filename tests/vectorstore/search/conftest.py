"""Three small reports."""

from __future__ import annotations

import pytest
from putting import put

from vectorstore import Store


@pytest.fixture
def reports(store: Store) -> Store:
    put(
        store,
        "groups",
        "Jama'at Nusrat al-Islam wal-Muslimin (JNIM) was formed in 2017.\n"
        "The Famine Early Warning Systems Network [FEWS NET] counted 1,300 herders near Ségou.",
        title="Who is who",
    )
    put(store, "names", "Fighters of al-Qaida entered Tombouctou on 27 March 2012.", title="A city falls")
    put(store, "weather", "The rains came late to the hills.", title="Rains")
    return store
