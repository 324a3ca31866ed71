"""The new part of a mail: what is cut, what is kept, and who wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.inbound.replies import MARKER, NewPart, new_part

FIELDS = "发件人: 李四 <li.si@a.example>\n发送时间: 2026年3月10日 10:00\n收件人: 张三 <zhang@a.example>\n主题: 申请"


def test_a_mail_that_answers_nothing_is_all_new() -> None:
    assert new_part("您好，\n\n请处理。\n\n张三") == NewPart("您好，\n\n请处理。\n\n张三", quoted=False)


def test_the_lines_of_the_writer_stay_as_they_are() -> None:
    text = "  1. 第一点\n\n\n\t二、 A  |  B\n> 100 万元以上"
    assert new_part(f"\n \n{text}  \n\u00a0\n").text == text


def test_quoted_lines_go_and_so_does_who_wrote_them() -> None:
    text = "同意\n\n在 2026年3月10日，10:00，张三 <a@b.example> 写道：\n\n> 请审批\n>> 更早\n"
    assert new_part(text) == NewPart("同意", quoted=True)


def test_answers_between_and_below_quoted_lines_are_kept() -> None:
    text = "On 10/03/2026 10:00, X wrote:\n> When?\nFriday.\n\n> Who?\n> Really?\nMe.\n"
    assert new_part(text) == NewPart("Friday.\n\nMe.", quoted=True)


def test_the_signature_of_a_phone_above_a_quote_goes_although_the_answer_goes_on_below() -> None:
    text = "好\n\n发自我的iPhone\n\n> 在 2026年3月10日，10:00，张三 <a@b.example> 写道：\n> 何时？\n\n周五\n"
    assert new_part(text) == NewPart("好\n\n周五", quoted=True, signature="发自我的iPhone")


@pytest.mark.parametrize(
    "sentence",
    [
        "发件人写的是财务部，收件人是我，主题是工资。",
        "他在信里写道：",
        "2026年3月10日 10:00 的公告里，公司写道：",
        "张三于2026年3月10日10:00在会上说，李四写道：",
        "On 10 March the auditor wrote:",
        "On 10 March 2026 the auditor wrote:",
        "From: me\nTo: you",
        "发件人：hr@evil.example\n主题：工资\n时间：2026年3月10日 10:00",
        "发件人：hr@evil.example\n时间：今天上午\n收件人：我\n主题：工资",
        "收件人：全体\n日期：2026年3月10日\n发件人：张三\n主题：停机",
        "原始邮件\n已删除",
        "--- 更新 ---",
    ],
)
def test_words_of_a_quote_in_a_sentence_cut_nothing(sentence: str) -> None:
    text = f"请看。\n{sentence}\n这是我的问题。"
    assert new_part(text) == NewPart(text, quoted=False)


def test_a_rule_above_fields_makes_up_for_the_recipients() -> None:
    fields = "From: X <x@a.example>\nSent: Monday, 2 March 2026 10:00\nSubject: Re: leave"
    assert new_part(f"Yes\n\n{fields}\n\nMay I?").quoted is False
    assert new_part(f"Yes\n\n{'_' * 32}\n{fields}\n\nMay I?") == NewPart("Yes", quoted=True)
    assert new_part("好\n\n----\n\n\n\n\n*主　题：*假期\n*日　期：*2026-03-02\n*发件人：*张三\n\n行吗") == NewPart(
        "好", quoted=True
    )


def test_a_list_of_recipients_may_go_on_over_lines() -> None:
    fields = "From: X <x@a.example>\nTo: A <a@a.example>;\nB <b@a.example>;\nC;\nD <d@a.example>\nDate: 2026-03-02"
    assert new_part(f"Yes\n\n{fields}\n\nMay I?") == NewPart("Yes", quoted=True)


def test_a_name_above_its_address_belongs_to_the_attribution() -> None:
    assert new_part("Yes\n\nMaria Fernandez\n<m@a.example> wrote:\n\n> May I?") == NewPart("Yes", quoted=True)
    assert new_part("好\n\n王芳\n<w@a.example> 于2026年3月2日周一 10:00写道：\n\n> 行吗") == NewPart("好", quoted=True)


def test_characters_that_nobody_sees_hide_nothing() -> None:
    line = "------------------&nbsp;原始\u200b邮件&nbsp;------------------"
    assert new_part(f"\ufeff同意\n\u3000\n{line}\n发件人:&nbsp;张三&lt;z@a.example&gt;;") == NewPart(
        "\ufeff同意", quoted=True
    )


def test_a_single_line_that_compares_is_no_quote() -> None:
    assert new_part("规则\n> 5000 元要审批\n对吗？") == NewPart("规则\n> 5000 元要审批\n对吗？", quoted=False)
    assert new_part("> 5000 元要审批\n> 对吗？\n对") == NewPart("对", quoted=True)


@pytest.mark.parametrize(
    "line",
    [MARKER, f"———— {MARKER} ————", "请在此线以上回复", "-- reply above this line --", f"| {MARKER} |"],
)
def test_our_own_line_ends_what_is_new(line: str) -> None:
    assert new_part(f"同意\n\n{line}\n\n事项 2026-0017") == NewPart("同意", quoted=True)


def test_above_our_own_line_what_an_unknown_client_says_goes_too() -> None:
    text = f"Sí\n\nEl 10/3/2026 a las 10:00, Duly <duly@a.example> escribió:\n\n{MARKER}\n\nHola"
    assert new_part(text) == NewPart("Sí", quoted=True)


def test_our_own_line_in_a_marked_quote_does_not_end_what_is_below() -> None:
    assert new_part(f"> {MARKER}\n> 事项\n\n同意") == NewPart("同意", quoted=True)


@pytest.mark.parametrize("own", ["", "请处理\n\n", "请法务和信息安全部一起看一下，周五前给客户答复。\n\n"])
@pytest.mark.parametrize("line", ["---------- Forwarded message ---------", "-------- 转发邮件信息 --------"])
def test_a_mail_that_is_passed_on_is_kept_whole(line: str, own: str) -> None:
    text = f"{own}{line}\n{FIELDS}\n\n客户说：\n> 数据丢了"
    assert new_part(text) == NewPart(text, quoted=False, forwarded=True)


def test_the_subject_tells_passing_on_from_answering() -> None:
    text = f"请处理\n\n{FIELDS}\n\n数据丢了"
    assert new_part(text, "转发: 申请") == NewPart(text, quoted=False, forwarded=True)
    assert new_part(text, "FW: 申请").forwarded
    assert new_part(text, "回复: 转发: 申请") == NewPart("请处理", quoted=True)


def test_fields_with_nothing_above_them_are_a_mail_that_is_passed_on() -> None:
    assert new_part(f"\n{FIELDS}\n\n数据丢了") == NewPart(f"{FIELDS}\n\n数据丢了", quoted=False, forwarded=True)


def test_a_mail_of_ours_with_nothing_above_it_is_an_empty_answer_and_never_words_of_the_writer() -> None:
    assert new_part(f"\n{FIELDS}\n\n{MARKER}\n\n同意") == NewPart("", quoted=True)
    assert new_part(f"转\n\n{FIELDS}\n\n{MARKER}\n\n同意", "Fw: x") == NewPart("转", quoted=True)


def test_an_unmarked_quote_that_the_writer_announces_is_kept() -> None:
    text = f"答复见下方红字\n\n{FIELDS}\n\n何时？\n周五"
    assert new_part(text) == NewPart(text, quoted=False, forwarded=True)
    assert new_part(text.replace("答复见下方红字", "好的")) == NewPart("好的", quoted=True)


def test_a_colon_announces_too() -> None:
    text = f"客户来信：\n\n{FIELDS}\n\n数据丢了"
    assert new_part(text) == NewPart(text, quoted=False, forwarded=True)


def test_an_answer_of_which_nothing_is_left_is_empty() -> None:
    assert new_part("> 同意\n> 张三") == NewPart("", quoted=True)
    assert new_part("\n发自我的iPhone\n\n---- 回复的原邮件 ----\n同意") == NewPart("", True, "发自我的iPhone")
    assert new_part("") == NewPart("", quoted=False)


@pytest.mark.parametrize(
    "signature",
    [
        "发自我的iPhone", "发自我的 Mate 60 Pro", "发自我的企业微信", "从我的华为手机发送", "發自我的手機",
        "从 Windows 版邮件发送",
        "获取 Outlook for iOS<https://aka.ms/o0ukef>", "Sent from my iPhone", "Sent from Mail for Windows 10",
        "Get Outlook for Android", "发自网易邮箱大师", "—— 发自飞书邮箱 ——",
    ],
)  # fmt: skip
def test_what_a_client_signs_is_told_apart(signature: str) -> None:
    assert new_part(f"同意\n\n{signature}\n") == NewPart("同意", quoted=False, signature=signature)


def test_a_link_of_a_client_that_was_wrapped_goes_with_it() -> None:
    found = new_part("同意\n\n获取 Outlook for iOS\n<https://aka.ms/o0ukef>\n")
    assert found == NewPart("同意", quoted=False, signature="获取 Outlook for iOS\n<https://aka.ms/o0ukef>")


@pytest.mark.parametrize(
    "line", ["发自我的内心", "来自客户的投诉很多", "Sent from the office, not from home", "从明天起发送日报"]
)
def test_what_sounds_like_it_is_kept(line: str) -> None:
    assert new_part(f"说明\n{line}") == NewPart(f"说明\n{line}", quoted=False)


def test_a_signature_of_the_writer_is_told_apart_if_a_line_is_above_it() -> None:
    assert new_part("同意\n\n-- \n张三\n运维部") == NewPart("同意", quoted=False, signature="张三\n运维部")
    assert new_part(f"同意\n\n{'_' * 32}\nzhang@a.example\n\n{FIELDS}\n\nx").signature == "zhang@a.example"
    card = "| |\n张三\n|\n|\n邮箱：zhang@163.example\n|"
    assert new_part(f"同意\n\n{card}\n\n---- 回复的原邮件 ----\nx").text == "同意"


def test_a_table_and_sections_of_the_writer_are_no_signature() -> None:
    for text in ("表\n| | 一月 |\n| OA | 3 |", "第一部分\n----------\n第二部分"):
        assert new_part(text) == NewPart(text, quoted=False)


_LINES = st.sampled_from([
    "同意", "", "> 引用", MARKER, "发自我的iPhone", "-- ", "| |", "发件人: a@b", "日期: 1", "收件人: c@d", "主题: x",
    "在 2026年3月10日 10:00，", "张三 <a@b> 写道：", "On 1 Mar 2026 at 10:00, X", "<a@b> wrote:", "-----原始邮件-----",
    "----------", "转发邮件：", "> 5",
])  # fmt: skip


@given(st.lists(_LINES | st.text(max_size=30), max_size=25), st.sampled_from(["", "Fw: x"]))
def test_whatever_comes_in_only_lines_of_the_mail_come_out(lines: list[str], subject: str) -> None:
    text = "\n".join(lines)
    found = new_part(text, subject)
    there = {line.rstrip() for line in text.splitlines()} | {""}
    assert set(found.text.splitlines()) | set(found.signature.splitlines()) <= there
    assert len(found.text) <= len(text) + 1  # a blank line may stand above what is passed on
