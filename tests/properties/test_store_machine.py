"""Whatever people, clocks, senders and crashes do to the store, the four promises hold after every step."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Connection, text

from engine.case import ACTIVE
from engine.effects import Effect, mails
from engine.errors import Refusal
from engine.events import Decided, Done, Event, Finished, Opened, Reopened, Withdrawn
from store.cases import Recorded, Recording, Store, load_case, open_case, record
from store.connection import Database
from store.due import next_due, sweep
from store.follow_ups import follow
from store.ledger import verify
from store.outbox import LostClaim, claim_letters, postponed, sent
from store.programs import Published, publish
from store.replaying import Replay
from store.schema import upgrade
from tests.crash.life import PROBE
from tests.integration.samples import POLICIES, sample_files

START = datetime.fromisoformat("2026-03-10T09:00:00+08:00")
PEOPLE = ("zhao.lei", "sun.yue", "wang.fang", "ren.jie", "pan.ting", "system")


class Effects(msgspec.Struct):
    """The part of a ledger entry that says who is told."""

    effects: tuple[Effect, ...]


class UnpluggedError(RuntimeError):
    """The machine loses its power just before a commit."""


class StoreMachine(RuleBasedStateMachine):
    """One installation, in the hands of everybody at once."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="duly-machine-"))
        self.store = self.opened()
        upgrade(self.store.database)
        self.now, self.count = START, 0
        self.done: list[Recording] = []
        self.in_hand: list[tuple[str, Any]] = []
        with self.store.database.writing() as connection:
            probe = Published("procedures/probe.yaml", PROBE.read_text("utf-8"))
            publish(connection, [*sample_files(), probe], "gao.xiang", START)

    def opened(self) -> Store:
        return Store(Database(f"sqlite:///{self.folder / 'duly.db'}"))

    def next_id(self) -> str:
        self.count += 1
        return f"event-{self.count}"

    def cases(self) -> list[str]:
        with self.store.database.reading() as connection:
            return list(connection.execute(text("SELECT id FROM cases ORDER BY id")).scalars())

    def attempt(self, recording: Recording) -> Recorded | None:
        try:
            recorded = record(self.store, recording, self.now)
        except Refusal:
            return None
        self.done.append(recording)
        return recorded

    @rule(minutes=st.integers(0, 120), major=st.booleans(), plain=st.booleans())
    def open(self, minutes: int, major: bool, plain: bool) -> None:
        received = self.now - timedelta(minutes=minutes)
        facts: dict[str, Any] = {"received_at": received, "url": "http://a.example"}
        if not plain:
            facts = {"customer": "a", "channel": "phone", "subject": "s", "received_at": received, "major": major}
        procedure, event_id = "probe" if plain else "complaint-handling", self.next_id()
        opening = Opened(case="", by="pan.ting", facts=facts)
        first = open_case(self.store, procedure, opening, event_id, self.now)
        again = open_case(self.store, procedure, opening, event_id, self.now)
        assert (again.repeated, again.recording.case_id) == (True, first.recording.case_id)

    @rule(pick=st.integers(0, 50), who=st.sampled_from(PEOPLE), what=st.integers(0, 6))
    def act(self, pick: int, who: str, what: int) -> None:
        if self.cases():
            case_id = self.cases()[pick % len(self.cases())]
            self.attempt(Recording(case_id, self._event(case_id, who, what, pick), self.next_id()))

    def _event(self, case_id: str, who: str, what: int, pick: int) -> Event:
        with self.store.database.reading() as connection:
            case, _ = load_case(connection, self.store, case_id)
        asked = list(case.assignments.values())
        step = asked[pick % len(asked)].step if asked else "take"
        by = asked[pick % len(asked)].person if asked and what < 4 else who
        others: dict[int, Event] = {
            4: Finished(step="look", values={"same": True}),
            5: Withdrawn(by=by, reason="r"),
            6: Reopened(by=by, reason="r"),
        }
        if what in others:
            return others[what]
        if step == "agree":
            return Decided(step=step, by=by, answer="approve" if what < 3 else "reject", reason="r")
        values = {"forward": {"department": "delivery"}, "contact": {"result": "reached"}}.get(step, {})
        return Done(step=step, by=by, values=values)

    @rule(pick=st.integers(0, 50))
    def send_again(self, pick: int) -> None:
        """The same event twice: a double click, a retry after a lost answer."""
        if self.done:
            entries = self.entries()
            again = record(self.store, self.done[pick % len(self.done)], self.now)
            assert again.repeated
            assert self.entries() == entries

    @rule(minutes=st.sampled_from([0, 1, 10, 45, 120, 1500, 6000]))
    def tick(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        sweep(self.store, self.now)
        follow(self.store, self.now)  # what cannot be called, because it is not written yet, stops nothing
        sweep(self.store, self.now)
        due = next_due(self.store)
        assert due is None or due > self.now, "a deadline has passed in silence"

    @rule(minutes=st.sampled_from([1, 59, 600]))
    def clock_jumps_back(self, minutes: int) -> None:
        self.now = max(START, self.now - timedelta(minutes=minutes))

    @rule(fate=st.sampled_from(["sent", "later", "dies"]))
    def send_mail(self, fate: str) -> None:
        claim = f"sender-{self.next_id()}"
        for letter in claim_letters(self.store, claim, self.now, most=3):
            if fate == "sent":
                sent(self.store, letter, claim, letter.message_id, self.now)
            elif fate == "later":
                postponed(self.store, letter, claim, self.now + timedelta(minutes=5), "451")
            else:
                self.in_hand.append((claim, letter))

    @rule()
    def dead_sender_speaks(self) -> None:
        """A sender that was paused says late that its letter is sent: it counts only while its claim does."""
        for claim, letter in self.in_hand:
            try:
                sent(self.store, letter, claim, letter.message_id, self.now)
            except LostClaim:
                continue
        self.in_hand.clear()

    @rule(who=st.sampled_from(PEOPLE), pick=st.integers(0, 50))
    def plug_is_pulled(self, who: str, pick: int) -> None:
        before, plain = self.everything(), self.store.database.writing

        @contextmanager
        def writing() -> Iterator[Connection]:
            with plain() as connection:
                yield connection
                raise UnpluggedError

        self.store.database.writing = writing  # type: ignore[method-assign]
        with suppress(UnpluggedError):
            sweep(self.store, self.now + timedelta(hours=2), most=1)
        for case_id in self.cases()[:3]:
            try:
                record(self.store, Recording(case_id, self._event(case_id, who, 0, pick), "never"), self.now)
            except (UnpluggedError, Refusal):
                continue
        self.store.database.close()
        self.store = self.opened()
        assert self.everything() == before

    @rule()
    def restart(self) -> None:
        self.store.database.close()
        self.store = self.opened()

    @rule(holder=st.sampled_from(["[zhao.lei, sun.yue]", "[sun.yue]", "[zhao.lei]"]))
    def publish_again(self, holder: str) -> None:
        changed = (POLICIES / "organisation.yaml").read_text("utf-8").replace("[zhao.lei, sun.yue]", holder)
        with self.store.database.writing() as connection:
            publish(connection, [Published("organisation.yaml", changed)], "guo.xiaoyan", self.now)

    def entries(self) -> int:
        with self.store.database.reading() as connection:
            return int(connection.execute(text("SELECT count(*) FROM ledger")).scalar_one())

    def everything(self) -> list[Any]:
        queries = ("SELECT id, revision, state FROM cases", "SELECT hash FROM ledger", "SELECT id, status FROM outbox")
        with self.store.database.reading() as connection:
            return [[tuple(row) for row in connection.execute(text(query))] for query in queries]

    @invariant()
    def the_ledger_holds_and_gives_the_state(self) -> None:
        with self.store.database.reading() as connection:
            assert list(verify(connection)) == []
            assert list(Replay(connection).faults()) == []

    @invariant()
    def everybody_who_is_told_has_a_letter(self) -> None:
        with self.store.database.reading() as connection:
            bodies = connection.execute(text("SELECT body FROM ledger WHERE case_id <> ''")).scalars()
            told = sum(len(mails(msgspec.json.decode(body, type=Effects).effects)) for body in bodies)
            assert connection.execute(text("SELECT count(*) FROM outbox")).scalar_one() == told

    @invariant()
    def the_lists_say_what_the_cases_say(self) -> None:
        with self.store.database.reading() as connection:
            rows = connection.execute(text("SELECT id FROM assignments WHERE status = 'open'")).scalars().all()
            asked = set()
            for case_id in connection.execute(text("SELECT id FROM cases")).scalars().all():
                case, _ = load_case(connection, self.store, case_id)
                asked |= {f"{case_id}/{name}" for name in case.assignments}
                watched = any(clock.status in ACTIVE for clock in case.clocks.values())
                assert watched or not case.assignments, "somebody is asked, and no deadline runs or was missed"
        assert set(rows) == asked

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.database.close()
            shutil.rmtree(self.folder)


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
