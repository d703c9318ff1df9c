"""The desk, the one object through which the command line, the app and other programs do everything."""

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

_LONGEST_QUERY = 1_000  # characters of a quote with which its report is searched
_LOOKED_UP = 20  # passages whose reports are searched for a quote
# [{"role": "user"|"assistant", "content": …}], oldest first
ConversationHistory = Sequence[Mapping[str, str]]


class Assistant:
    """A desk over one data folder; safe to share between threads.

    Its methods raise StoreError, IngestError or ModelError, whose messages say what to do.
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
            lambda texts: self.store.model.embed(texts),  # looked up anew, as a rebuild may change the model
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
        """Open a data folder, which is created if it does not exist.

        With `owner`, the name shown to other processes, this process owns Chroma until the desk is closed, updates it
        in the background and works on queued jobs. Without, it searches exactly over the ledger and owns Chroma only
        while it writes. Raises SettingsError or StoreError.
        """
        desk = cls(settings or load_settings(None if data_dir is None else Path(data_dir)))
        if owner is not None:
            desk._keeper = ChromaKeeper(desk.store, owner)
            desk._keeper.start()
            desk.worker.start()
        return desk

    def close(self) -> None:
        """Stop background work and close the index."""
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
        """Add files, folders and web addresses.

        `corrections` (title, authors, publisher, published, tags) override what is read from each. Files that fail
        are listed in the report. Raises ValueError for a correction that cannot be stored.
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
        """Add the bytes of a file called `name`, as a new version of document `replaces` or as a report of its own.

        The files in an archive and the attachments of a mail have their own lines in the returned report.
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
        """Put added documents into Chroma now if no process owns it; otherwise its owner will."""
        if (
            any(document.status in ("added", "replaced") for document in report.documents)
            and not self._follow()
        ):
            self.store.own("briefing add")

    def _follow(self) -> bool:
        """Update Chroma after a change if this process owns it; returns whether it does."""
        if (
            self._keeper is not None
        ):  # in the background: what Chroma lacks is meanwhile searched in the ledger
            self._keeper.wake()
        elif self.store.dense.owned:
            self.store.sync()
        return self._keeper is not None or self.store.dense.owned

    def documents(self, filters: Filters | None = None) -> list[DocumentRecord]:
        """The documents in the index that the filters admit, in order of addition."""
        return self.workspace.documents(filters)

    def document(self, document_id: str) -> DocumentRecord:
        """The document with an id, or with an id that begins so if only one does. Raises NotFound."""
        return self.workspace.document(document_id)

    def text(self, document_id: str, generation: int | None = None) -> str:
        """The extracted text of a document, into which offsets count; of an older version if `generation` names one.

        Raises NotFound.
        """
        return self.workspace.text(document_id, generation)

    def original(self, document_id: str) -> bytes | None:
        """The bytes from which a report was read, or None if they are not stored. Raises NotFound."""
        return self.store.originals.read(self.document(document_id).original)

    def edit(self, document_id: str, **changes: Any) -> DocumentRecord:
        """Correct title, authors, publisher, published, language, tags or credibility (1 to 6).

        None takes a correction back. Corrections survive adding again, replacing and rebuilding. Raises NotFound, or
        ValueError for a value that cannot be stored, and for credibility 1 if no other report confirms this one.
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
        """Set the Admiralty letter of a publisher, A to F; None takes it back. Raises ValueError for another letter."""
        if letter is not None and letter.upper() not in "ABCDEF" or letter == "":
            raise ValueError(
                f"{letter!r} is not a grade: give a letter from A (reliable) to F (cannot be judged)"
            )
        with self.workspace.guarded():
            self.store.grade(publisher, letter.upper() if letter else None)

    def remove(self, document_ids: Sequence[str]) -> None:
        """Hide documents at once; `purge` erases them. Raises NotFound."""
        with self.workspace.guarded():
            self.store.remove(document_ids)
            self._follow()

    # -- questions

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> list[Passage]:
        """The k best passages for a query, best first."""
        return self.workspace.search(query, k, filters)

    def find(self, query: str, k: int = 10, filters: Filters | None = None) -> SearchResult:
        """As `search`, together with how many undated documents a date filter left out."""
        return self.workspace.find(query, k, filters)

    def retriever(self, k: int = 10, filters: Filters | None = None) -> BaseRetriever:
        """The search as a LangChain retriever; its documents have the Passage fields as metadata."""
        from assistant.answering.langchain import PassageRetriever

        return PassageRetriever(workspace=self.workspace, k=k, filters=filters or NO_FILTERS)

    def chain(self, model: str | None = None) -> Runnable[Any, Any]:
        """The chain behind `ask`: a Runnable from {"question", "history", "filters"} to an Answer.

        Its `stream` yields each sentence once it is complete and checked, then the Answer. Raises ModelError if the
        model cannot be built.
        """
        from assistant.answering.langchain import answer_chain

        return answer_chain(self.workspace, model or self.settings.model)

    def check_model(self, model: str | None = None) -> None:
        """Raise ModelError now if the chat model cannot be built."""
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
        """A cited answer, or a refusal if the sources hold none.

        Raises ValueError if the question is empty or longer than 20,000 characters, ModelError if the model cannot be
        built.
        """
        *_, answer = self.stream(question, history, filters, model)
        return answer  # type: ignore[return-value]

    def stream(
        self,
        question: str,
        history: ConversationHistory = (),
        filters: Filters | None = None,
        model: str | None = None,
    ) -> Iterator[Sentence | Answer]:
        """Yield the sentences of an answer, each complete and checked, then the Answer; errors as in `ask`."""
        request = {"question": question, "history": list(history), "filters": filters or NO_FILTERS}
        name = model or self.settings.model
        with self.workspace.guarded():
            if name == EXTRACTIVE and not self.settings.trace:
                yield from Answering(self.workspace, name).stream(request)
            else:  # LangChain is loaded anyway, and its tracing shows each step
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
        """A cited briefing from documents published from `since` to `as_of` (YYYY, YYYY-MM or YYYY-MM-DD).

        The topic is a phrase, a question, or an outline: the topic, then one heading per line. `length` is short,
        standard, long or paragraph. `handling` is the marking of its exports, one line of at most 80 characters.
        Raises ValueError for a topic that is empty or too long, an unknown length or a bad marking, and ModelError if
        the model cannot be built.
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
        """Yield the briefing of `brief` as it grows, the complete one last; a chat model writes it by section."""
        from assistant.briefings.pipeline import stream_drafts
        from assistant.questions.topics import topic_of

        marking, between = handling_marking(handling), _between(filters, as_of, since)
        with self.workspace.guarded():
            for draft in stream_drafts(
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
        """The best paragraph on a topic, to paste into a text: a briefing without bottom line or chronology.

        Arguments and errors are those of `brief`.
        """
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
        """Save a briefing, given as JSON values with its inputs; returns its number for `update_brief`."""
        with self.workspace.guarded():
            return self.history.save_briefing(briefing["topic"], briefing)

    def update_brief(self, briefing_id: int, model: str | None = None) -> tuple[Briefing, BriefingChanges]:
        """Write a saved briefing again with the same inputs; returns it, and what changed in each sentence.

        Raises NotFound if there is no briefing of that number, ValueError if it was saved without its inputs.
        """
        from assistant.briefings.updates import compare_briefings, filters_of, topic_text
        from assistant.results.briefing import Briefing

        earlier = Briefing.from_json(self.history.briefing(briefing_id).briefing)
        inputs = earlier.inputs
        if not inputs:
            raise ValueError(f"Briefing {briefing_id} does not say what it was asked with: write it anew")
        later = self.brief(
            topic_text(inputs),
            length=inputs["length"],
            filters=filters_of(inputs),
            model=model or inputs["model"],
            handling=earlier.handling,
        )
        return later, compare_briefings(earlier, later, self.documents())

    def chronology(self, filters: Filters | None = None) -> Chronology:
        """All dated events in the reports, in order of date: a chronology without a topic."""
        from assistant.events.index_chronology import all_events

        with self.workspace.guarded():
            return all_events(self.workspace, filters or NO_FILTERS)

    def verify(self, saved: Mapping[str, Any]) -> dict[str, Any]:
        """Check a saved answer or briefing, given as JSON values, against the index; see `briefings.verify`.

        Returns {"ok", "problems": [{"where", "message"}]}.
        """
        from assistant.briefings.verify import verify

        return verify(dict(saved), self.text, self.workspace.checker)

    def lint(self, data: bytes, name: str) -> LintReport:
        """Check a briefing, written by the desk or by hand, from the bytes of a file called `name`; see `lint`.

        Its quotes are looked up in the index. Raises IngestError if the file cannot be read.
        """
        from assistant.lint import SourceLookup, lint

        def nearest(words: str) -> list[str]:
            passages = self.search(words[:_LONGEST_QUERY], _LOOKED_UP)
            return list(dict.fromkeys(passage.document_id for passage in passages))

        with self.workspace.guarded():
            return lint(
                data, name, SourceLookup(self.documents(), self.text, nearest, self.store.model.embed)
            )

    # -- upkeep

    def status(self) -> dict[str, Any]:
        """Counts, sizes (`bytes` is that of the whole data folder) and settings."""
        documents = self.documents()
        return {
            "data_dir": str(self.settings.data_dir),
            "documents": len(documents),
            "undated": sum(document.published is None for document in documents),
            "passages": sum(document.passages for document in documents),
            "characters": sum(document.characters for document in documents),
            "bytes": sum(path.stat().st_size for path in self.settings.data_dir.rglob("*") if path.is_file()),
            "embedding_model": self.embedding_model,
            "settings": self.settings.shown(),
        }

    @property
    def embedding_model(self) -> str:
        """The embedding model of the index, or of the settings if the index has none yet."""
        return self.workspace.embedding_model

    def doctor(self) -> dict[str, Any]:
        """Health checks: {"ok", "checks": [{"name", "ok", "message", "remedy"}]}."""
        from vectorstore.upkeep.health import check_health

        checks = [asdict(check) for check in check_health(self.store)]
        return {"ok": all(check["ok"] for check in checks), "checks": checks}

    def rebuild(
        self, embedding_model: str | None = None, progress: Callable[[int, int], None] | None = None
    ) -> dict[str, Any]:
        """Rebuild the vector index from the ledger, with another embedding model if one is named.

        `progress` is called with passages done and passages in all. Returns {"passages", "embedding_model",
        "seconds"}. Raises IndexHeld, ChromaUnavailable or ModelUnavailable.
        """
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
        """Write the whole index, originals included, into one file; it can be used meanwhile."""
        from vectorstore.upkeep.backup import back_up

        with self.workspace.guarded():
            return back_up(self.store.ledger, Path(file))

    def purge_plan(self) -> PurgePlan:
        """What `purge` would erase, and which saved sentences it would redact."""
        from vectorstore.upkeep.purge import plan_purge

        return plan_purge(self.store)

    def purge(self) -> PurgePlan:
        """Erase removed and replaced documents. Raises IndexHeld if another process owns Chroma."""
        from vectorstore.upkeep.purge import purge

        with self.workspace.guarded():
            if not self.store.own("briefing purge", HELD_WAIT):
                raise IndexHeld(
                    f"The index is held by {self.store.dense.lock.holder()}: close it and purge again"
                )
            return purge(self.store)


def _embedding_model(name: str, data_dir: Path) -> EmbeddingModel:
    """A model by name or path; the path is made absolute, because the index stores it and may be opened elsewhere."""
    folder = Path(name).expanduser()
    name = str(folder.resolve()) if folder.is_dir() else name
    return EmbeddingModel(name, cache=data_dir / "models")


def _silence_tracing() -> None:
    """Turn LangSmith off, whose variables, if set in the shell, would send every question and passage out."""
    import os

    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING"):
        os.environ[name] = "false"


def _between(filters: Filters | None, as_of: str | None, since: str | None) -> Filters:
    """The filters, with these dates instead of their own where given."""
    chosen = filters or NO_FILTERS
    return replace(chosen, as_of=as_of or chosen.as_of, since=since or chosen.since)
