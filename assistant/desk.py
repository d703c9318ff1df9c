"""The desk: one object through which the command line, the app and other programs do everything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.answering.pipeline import Answering
from assistant.corrections import checked_corrections
from assistant.grounding import Checker
from assistant.grounding.entailment import EntailmentModel
from assistant.results.handling import handling_marking
from assistant.settings import EXTRACTIVE, Settings, load_settings
from assistant.sourcing.grades import CONFIRMED, confirmed_by_another
from assistant.workspace import Workspace
from vectorstore import EmbeddingModel, Filters, IndexHeld, Passage, SearchResult, Store
from vectorstore.adding.add import AddProgress, AddReport, add, add_items
from vectorstore.adding.intake import AddItem
from vectorstore.adding.job_worker import JobWorker
from vectorstore.adding.jobs import JobQueue, upload_identity
from vectorstore.embedding.reranker import Reranker
from vectorstore.ledger.history import History
from vectorstore.records import NO_FILTERS, DocumentRecord
from vectorstore.store import HELD_WAIT
from vectorstore.upkeep.chroma_keeper import ChromaKeeper
from vectorstore.upkeep.purge import PurgePlan

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from assistant.briefings.updates import BriefingChanges
    from assistant.lint import LintReport
    from assistant.results.answer import Answer, Sentence
    from assistant.results.briefing import Briefing, Chronology
    from vectorstore.upkeep.backup import Backup

_LONGEST_QUERY = 1_000  # characters of quoted words that are looked up
_LOOKED_UP = 20  # passages in which quoted words are looked for, whatever report they are of
ConversationHistory = Sequence[
    Mapping[str, str]
]  # [{"role": "user"|"assistant", "content": …}], oldest first


class Assistant:
    """A desk over one data folder; safe to share between threads.

    Raises StoreError, IngestError or ModelError, whose messages say what to do.
    """

    def __init__(self, settings: Settings, model: EmbeddingModel | None = None) -> None:
        if model is None and "embedding_model" in settings.model_fields_set:
            model = _embedding_model(settings.embedding_model, settings.data_dir)
        self.store = Store(
            settings.data_dir,
            model,
            settings.chroma_url,
            Reranker(settings.reranker) if settings.reranker else None,
        )
        checker = Checker(
            lambda texts: self.store.model.embed(texts),  # a rebuild may change the model
            EntailmentModel(settings.checker) if settings.checker else None,
        )
        self.workspace = Workspace(self.store, checker, settings)
        self.history = History(self.store.ledger)
        self.jobs = JobQueue(self.store)
        self.worker = JobWorker(self.store, self.jobs, settings.allow_private_addresses)
        self._keeper: ChromaKeeper | None = None
        if not settings.trace:
            _silence_tracing()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.workspace.settings

    @classmethod
    def open(
        cls,
        data_dir: str | Path | None = None,
        *,
        settings: Settings | None = None,
        owner: str | None = None,
    ) -> Self:
        """Open a data folder, made where there is none.

        With `owner`, a name that other processes are shown, this one owns Chroma until it is closed, keeps it up
        to date in the background and works on queued jobs; without, it searches exactly over the ledger and owns
        Chroma only while it writes.
        """
        desk = cls(settings or load_settings(None if data_dir is None else Path(data_dir)))
        if owner is not None:
            desk._keeper = ChromaKeeper(desk.store, owner)
            desk._keeper.start()
            desk.worker.start()
        return desk

    def close(self) -> None:
        self.worker.stop()
        if self._keeper is not None:
            self._keeper.stop()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- reports

    def add(
        self,
        inputs: Sequence[str],
        *,
        corrections: Mapping[str, Any] | None = None,
        progress: Callable[[AddProgress], None] | None = None,
    ) -> AddReport:
        """Add files, folders and addresses.

        `corrections` (title, authors, publisher, published, tags) overrides what is read of each.
        """
        with self.workspace.guarded():
            report = add(
                self.store,
                inputs,
                corrected=checked_corrections(corrections or {}),
                allow_private=self.settings.allow_private_addresses,
                progress=progress,
            )
            self._bring_chroma_up(report)
            return report

    def add_upload(
        self,
        name: str,
        data: bytes,
        *,
        replaces: str | None = None,
        corrections: Mapping[str, Any] | None = None,
    ) -> AddReport:
        """Add bytes under a name, as a new version of the document `replaces` or as a report of its own.

        What they hold (an archive's files, a mail's attachments) has lines of its own in the report.
        """
        from hashlib import sha256

        with self.workspace.guarded():
            identity = upload_identity(self.store, name, sha256(data).hexdigest(), replaces)
            item = AddItem((0,), identity, name, checked_corrections(corrections or {}), data=data)
            report = add_items(self.store, [item])
            self._follow()
            return report

    def add_samples(self, progress: Callable[[AddProgress], None] | None = None) -> AddReport:
        """Add the sample reports that ship with the program."""
        with resources.as_file(resources.files("assistant") / "samples") as folder:
            return self.add([str(folder)], progress=progress)

    def _bring_chroma_up(self, report: AddReport) -> None:
        """Put what was added into Chroma now if nobody owns it; its owner will, otherwise."""
        if any(one.status in ("added", "replaced") for one in report.documents) and not self._follow():
            self.store.own("briefing add")

    def _follow(self) -> bool:
        """Have Chroma follow what was changed, where this process owns it; says whether it does."""
        if self._keeper is not None:  # in its own time: what Chroma lacks is searched in the ledger
            self._keeper.wake()
        elif self.store.dense.owned:
            self.store.sync()
        return self._keeper is not None or self.store.dense.owned

    def documents(self, filters: Filters | None = None) -> list[DocumentRecord]:
        """The live documents that the filters admit, in order of addition."""
        return self.workspace.documents(filters)

    def document(self, document_id: str) -> DocumentRecord:
        """One document by its id, or an unambiguous beginning of it. Raises NotFound."""
        return self.workspace.document(document_id)

    def text(self, document_id: str, generation: int | None = None) -> str:
        """The extracted text that offsets count in; of an older version if a citation names it."""
        return self.workspace.text(document_id, generation)

    def original(self, document_id: str) -> bytes | None:
        """The bytes a report was read from."""
        return self.store.originals.read(self.document(document_id).original)

    def edit(self, document_id: str, **changes: Any) -> DocumentRecord:
        """Correct title, authors, publisher, published, language, tags or credibility (1-6).

        None takes a correction back. Corrections survive adding again, replacing and rebuilding.
        Raises ValueError for a value that cannot be.
        """
        with self.workspace.guarded():
            changes = checked_corrections(changes)
            if changes.get("credibility") == CONFIRMED and not confirmed_by_another(
                self.workspace, self.document(document_id), documents=self.documents()
            ):
                raise ValueError(
                    "A 1 says that another source confirms the report, and no report of another publisher in the index "
                    "speaks of the same: add one that does, or give 2 (probably true)"
                )
            record = self.store.edit(document_id, changes)
            self._follow()
            return record

    def grade(self, publisher: str, letter: str | None) -> None:
        """Set the Admiralty letter A-F of a publisher; None takes it back."""
        if letter is not None and letter.upper() not in "ABCDEF" or letter == "":
            raise ValueError(
                f"{letter!r} is not a grade: give a letter from A (reliable) to F (cannot be judged)"
            )
        with self.workspace.guarded():
            self.store.grade(publisher, letter.upper() if letter else None)

    def remove(self, document_ids: Sequence[str]) -> None:
        """Hide documents at once; `purge` erases them."""
        with self.workspace.guarded():
            self.store.remove(document_ids)
            self._follow()

    # -- questions

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> list[Passage]:
        """The k passages nearest to a question, best first."""
        return self.workspace.search(query, k, filters)

    def find(self, query: str, k: int = 10, filters: Filters | None = None) -> SearchResult:
        """As `search`, with how many undated documents a date filter left out."""
        return self.workspace.find(query, k, filters)

    def retriever(self, k: int = 10, filters: Filters | None = None) -> BaseRetriever:
        """The search as a LangChain retriever; its documents carry the Passage fields as metadata."""
        from assistant.answering.langchain import PassageRetriever

        return PassageRetriever(workspace=self.workspace, k=k, filters=filters or NO_FILTERS)

    def chain(self, model: str | None = None) -> Runnable[Any, Any]:
        """The chain behind `ask`: a Runnable from {"question", "history", "filters"} to an Answer.

        Its `stream` gives each sentence once it is complete and checked, then the Answer.
        """
        from assistant.answering.langchain import answer_chain

        return answer_chain(self.workspace, model or self.settings.model)

    def check_model(self, model: str | None = None) -> None:
        """Raise ModelError for a chat model that cannot be built, before anything else is done."""
        from assistant.llm.providers import build_chat_model

        name = model or self.settings.model
        if name != EXTRACTIVE:
            build_chat_model(name, self.settings)

    def ask(
        self,
        question: str,
        history: ConversationHistory = (),
        filters: Filters | None = None,
        model: str | None = None,
    ) -> Answer:
        """A cited answer, or a refusal where the sources do not hold one. Raises ValueError for an empty
        question or one of more than 20,000 characters."""
        *_, answer = self.stream(question, history, filters, model)
        return answer  # type: ignore[return-value]

    def stream(
        self,
        question: str,
        history: ConversationHistory = (),
        filters: Filters | None = None,
        model: str | None = None,
    ) -> Iterator[Sentence | Answer]:
        """The sentences of an answer, each complete and checked, then the Answer."""
        request = {"question": question, "history": list(history), "filters": filters or NO_FILTERS}
        name = model or self.settings.model
        with self.workspace.guarded():
            if name == EXTRACTIVE and not self.settings.trace:
                yield from Answering(self.workspace, name).stream(request)
            else:  # LangChain is needed anyway, and its tracing sees each step
                yield from self.chain(name).stream(request)

    def brief(
        self,
        topic: str,
        *,
        as_of: str | None = None,
        since: str | None = None,
        length: str = "standard",
        filters: Filters | None = None,
        model: str | None = None,
        handling: str | None = None,
    ) -> Briefing:
        """A cited briefing from documents published on or before `as_of`.

        The topic is a phrase or a question, or an outline: the topic, then its headings, one a line. `handling` is the
        marking of its exports: one line of at most 80 characters. Raises ValueError for an empty topic, one that is too
        long, an unknown length, or a marking that cannot be.
        """
        *_, briefing = self.stream_brief(
            topic,
            as_of=as_of,
            since=since,
            length=length,
            filters=filters,
            model=model,
            handling=handling,
        )
        return briefing

    def stream_brief(
        self,
        topic: str,
        *,
        as_of: str | None = None,
        since: str | None = None,
        length: str = "standard",
        filters: Filters | None = None,
        model: str | None = None,
        handling: str | None = None,
    ) -> Iterator[Briefing]:
        """`brief` as it grows: a model writes it section by section; the last is the whole."""
        from assistant.briefings.pipeline import drafts
        from assistant.questions.topics import topic_of

        marking, between = handling_marking(handling), _between(filters, as_of, since)
        with self.workspace.guarded():
            for draft in drafts(
                self.workspace, topic_of(topic), between, length, model or self.settings.model
            ):
                yield replace(draft, handling=marking)

    def paragraph(
        self,
        topic: str,
        *,
        as_of: str | None = None,
        since: str | None = None,
        filters: Filters | None = None,
        model: str | None = None,
        handling: str | None = None,
    ) -> Briefing:
        """The best paragraph on a topic alone, to paste into a text: a briefing without bottom line or chronology."""
        from assistant.briefings.pipeline import PARAGRAPH

        return self.brief(
            topic,
            as_of=as_of,
            since=since,
            length=PARAGRAPH,
            filters=filters,
            model=model,
            handling=handling,
        )

    def save_briefing(self, briefing: Mapping[str, Any]) -> int:
        """Keep a briefing (its JSON) with its inputs; its number, which `update_brief` takes."""
        with self.workspace.guarded():
            return self.history.save_briefing(briefing["topic"], briefing)

    def update_brief(self, briefing_id: int, model: str | None = None) -> tuple[Briefing, BriefingChanges]:
        """A saved briefing written again with what it was asked with, and what has become of each of its sentences.

        Raises NotFound where there is none of that number, ValueError for one of an older version.
        """
        from assistant.briefings.updates import compare_briefings, filters_of, topic_text
        from assistant.results.briefing import Briefing

        earlier = Briefing.from_json(self.history.briefing(briefing_id).briefing)
        asked = earlier.inputs
        if not asked:
            raise ValueError(f"Briefing {briefing_id} does not say what it was asked with: write it anew")
        later = self.brief(
            topic_text(asked),
            length=asked["length"],
            filters=filters_of(asked),
            model=model or asked["model"],
            handling=earlier.handling,
        )
        return later, compare_briefings(earlier, later, self.documents())

    def chronology(self, filters: Filters | None = None) -> Chronology:
        """All events that the reports tell of, by their dates: a briefing's chronology without a topic."""
        from assistant.events.index_chronology import all_events

        with self.workspace.guarded():
            return all_events(self.workspace, filters or NO_FILTERS)

    def verify(self, saved: Mapping[str, Any]) -> dict[str, Any]:
        """Check a saved answer or briefing (its JSON) against the index, byte by byte for quotes."""
        from assistant.briefings.verify import verify

        return verify(dict(saved), self.text, self.workspace.checker)

    def lint(self, data: bytes, name: str) -> LintReport:
        """What is wrong with a briefing, the desk's or one edited by hand; its quotes are looked up in the index.

        Raises IngestError for a file that cannot be read.
        """
        from assistant.lint import SourceLookup, lint

        def nearest(words: str) -> list[str]:
            found = self.search(words[:_LONGEST_QUERY], _LOOKED_UP)
            return list(dict.fromkeys(one.document_id for one in found))

        with self.workspace.guarded():
            return lint(
                data, name, SourceLookup(self.documents(), self.text, nearest, self.store.model.embed)
            )

    # -- upkeep

    def status(self) -> dict[str, Any]:
        """Counts, sizes and the settings in force."""
        documents = self.documents()
        return {
            "data_dir": str(self.settings.data_dir),
            "documents": len(documents),
            "undated": sum(one.published is None for one in documents),
            "passages": sum(one.passages for one in documents),
            "characters": sum(one.characters for one in documents),
            "bytes": sum(path.stat().st_size for path in self.settings.data_dir.rglob("*") if path.is_file()),
            "embedding_model": self.embedding_model,
            "settings": self.settings.shown(),
        }

    @property
    def embedding_model(self) -> str:
        """The embedding model of the index, or of the settings where the index has none yet."""
        return self.workspace.embedding_model

    def doctor(self) -> dict[str, Any]:
        """Health checks: {"ok", "checks": [{"name", "ok", "message", "remedy"}]}."""
        from vectorstore.upkeep.health import check_health

        checks = [asdict(one) for one in check_health(self.store)]
        return {"ok": all(one["ok"] for one in checks), "checks": checks}

    def rebuild(
        self, embedding_model: str | None = None, progress: Callable[[int, int], None] | None = None
    ) -> dict[str, Any]:
        """Make the vector index anew from the ledger, with another embedding model if one is named."""
        began = time.monotonic()
        with self.workspace.guarded():
            model = _embedding_model(embedding_model, self.settings.data_dir) if embedding_model else None
            passages = self.store.rebuild(model, progress)
        return {
            "passages": passages,
            "embedding_model": self.embedding_model,
            "seconds": round(time.monotonic() - began, 3),
        }

    def backup(self, file: str | Path) -> Backup:
        """Write the whole index, originals included, into one file; others may go on using it meanwhile."""
        from vectorstore.upkeep.backup import back_up

        with self.workspace.guarded():
            return back_up(self.store.ledger, Path(file))

    def purge_plan(self) -> PurgePlan:
        """What `purge` will erase and which saved sentences it will redact."""
        from vectorstore.upkeep.purge import plan_purge

        return plan_purge(self.store)

    def purge(self) -> PurgePlan:
        """Erase what was removed or replaced. Raises IndexHeld where another process owns Chroma."""
        from vectorstore.upkeep.purge import purge

        with self.workspace.guarded():
            if not self.store.own("briefing purge", HELD_WAIT):
                raise IndexHeld(
                    f"The index is held by {self.store.dense.lock.holder()}: close it and purge again"
                )
            return purge(self.store)


def _embedding_model(name: str, data_dir: Path) -> EmbeddingModel:
    """A model by name or path. The index records the path whole: it is opened from other folders, too."""
    folder = Path(name).expanduser()
    name = str(folder.resolve()) if folder.is_dir() else name
    return EmbeddingModel(name, cache=data_dir / "models")


def _silence_tracing() -> None:
    """LangSmith's variables in a shell would send every question and passage out."""
    import os

    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING"):
        os.environ[name] = "false"


def _between(filters: Filters | None, as_of: str | None, since: str | None) -> Filters:
    chosen = filters or NO_FILTERS
    return replace(chosen, as_of=as_of or chosen.as_of, since=since or chosen.since)
