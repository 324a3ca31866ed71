"""Every check, test and start of Duly reads all procedures: that must not be felt."""

from typing import Final

from pytest_benchmark.fixture import BenchmarkFixture

from models.language.source import read_text

FILES: Final = 40
LIMIT: Final = 0.8  # seconds for all files of a company; about 0.25 on an idle machine of two cores

_STEP: Final = """\
  - id: forward_{number}
    kind: task
    title: {{zh: 转交责任部门, en: Forward}}  # who takes it from here
    who: acceptor
    within: 1 hour
    clause: 7-4.2.2
    fields:
      received_at: {{type: datetime, title: 收到时间, required: true}}
      note: {{type: text, title: 备注}}
"""
_TEXT: Final = "procedure: complaint-handling\ntitle: 客户投诉受理与处理\nsteps:\n" + "".join(
    _STEP.format(number=number) for number in range(28)
)


def _read_all() -> int:
    return sum(len(read_text(_TEXT, "complaint-handling.yaml").problems) for _ in range(FILES))


def test_it_reads_forty_files_of_250_lines_in_less_than_a_second(benchmark: BenchmarkFixture) -> None:
    assert _TEXT.count("\n") > 250
    assert benchmark(_read_all) == 0
    assert benchmark.stats is not None
    assert benchmark.stats.stats.median < LIMIT
