"""The word list finds what its officer wrote, also disguised, and nothing else."""

from pathlib import Path

import pytest

from tasks.word_list import BadWordList, WordList, read_word_list, worst

WORDS = WordList(
    {"C3": ("赌博",), "C5": ("黑店",), "C7": ("免费领取", "bad-site.example", "bet"), "incident": ("泄露",)}
)


@pytest.mark.parametrize(
    "text",
    ["网上赌博", "赌 博", "赌*博", "赌\u200b博", "赌\n博", "赌_博", "ｂｅｔ now", "Bet!", "见 BAD-SITE.example/x"],
)
def test_a_word_is_found_however_it_is_dressed(text: str) -> None:
    assert WORDS.classes(text) & {"C3", "C7"}


@pytest.mark.parametrize(
    "text", ["", "正常通知", "better alphabet", "赌气，博学", "赌了很多次之后博览群书", "badsite.example"]
)
def test_what_only_looks_like_a_word_is_not_found(text: str) -> None:
    assert WORDS.classes(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "< ScRiPt src=x>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>",
        "<iframe src=//x>", "data:text/html,x", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR",
    ],
)  # fmt: skip
def test_active_content_is_found_without_any_list(text: str) -> None:
    assert WordList({}).classes(text) == {"C7"}


def test_of_several_classes_one_that_stops_the_text_decides() -> None:
    assert [worst(one) for one in (["C5", "C7"], ["C8", "C3"], ["incident"], ["C5", "C6"])] == [
        "C7",
        "C3",
        "none",
        "C6",
    ]


@pytest.mark.parametrize("unit", ["<", "< ", "< on", "<a on", "< onx ", "javascript ", "data: ", "赌。", "_", "ａ"])
def test_no_text_keeps_a_worker_busy(unit: str) -> None:
    assert WORDS.classes(unit * (200_000 // len(unit))) == frozenset()


def test_a_long_list_and_a_long_text_are_no_trouble() -> None:
    many = WordList({"C6": tuple(f"违禁词{number}号" for number in range(5_000))})

    assert [many.classes("违禁词，无害。" * 25_000 + ending) for ending in ("", "违禁词 4999 号")] == [set(), {"C6"}]


def test_a_word_of_an_incident_is_found_beside_a_class() -> None:
    assert WORDS.classes("数据泄露，免费领取") == {"incident", "C7"}


def write(folder: Path, content: bytes) -> Path:
    path = folder / "words.txt"
    path.write_bytes(content)
    return path


def test_a_file_is_read_with_its_comments_and_its_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff# 说明\n\nC3 赌博\n C7\tfree money \nincident 泄露\n".encode())

    found = read_word_list(path)

    assert {name: words for name, words in found.words.items() if words} == {
        "C3": ("赌博",), "C7": ("free money",), "incident": ("泄露",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("C9 词".encode(), r"words\.txt:1: write a class"), ("C1 甲\nC3".encode(), r"words\.txt:2: write a class"),
        ("C1 \u200b\n".encode(), r"words\.txt:1: write a class"), ("C1 赌博".encode("gb18030"), "save it as UTF-8"),
        (b"#" * 2_000_001, "larger than"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_says_where(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadWordList, match=said):
        read_word_list(write(tmp_path, content))
