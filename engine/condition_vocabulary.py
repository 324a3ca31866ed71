"""The Chinese words for what an expression may say: comparisons, and what it may ask of steps, deadlines and cases."""

from collections.abc import Mapping
from typing import Final

SIGNS: Final = {"==": "是", "!=": "不是", "<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}
ARITHMETIC: Final = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
SPANS: Final = {"minutes": "分钟", "hours": "小时", "days": "天"}

STEP: Final[Mapping[str, tuple[str, str]]] = {
    "done": ("已办结", "未办结"),
    "open": ("正在办理", "不在办理中"),
    "skipped": ("不需办理", "需办理"),
    "missed": ("已超时", "未超时"),
    "reached": ("已告知到人", "未告知到人"),
    "approved": ("已同意", "未同意"),
    "rejected": ("未获同意", "未被否决"),
    "failed": ("失败", "未失败"),
}
STEP_VALUES: Final[Mapping[str, str]] = {
    "done_at": "办结时间",
    "first_done_at": "首次办结时间",
    "opened_at": "开始时间",
    "by": "办理人",
    "times": "次数",
    "outcome": "结果",
    "digest": "审批内容指纹",
    "total": "应办人数",
    "finished": "已办人数",
    "unfinished": "未办人数",
    "refused": "拒绝人数",
    "exempt": "豁免人数",
    "left": "离开人数",
}
DEADLINE: Final[Mapping[str, tuple[str, str]]] = {
    "running": ("时限尚未届满", "时限未在计算"),
    "missed": ("已超时", "未超时"),
    "met": ("已按时办结", "未按时办结"),
}
ITEM: Final[Mapping[str, str]] = {
    "person": "本人",
    "department": "所在部门",
    "status": "办理状态",
    "outcome": "结果",
    "key": "编号",
}
STATUS: Final[Mapping[str, str]] = {
    "open": "未办",
    "done": "已办",
    "refused": "拒绝",
    "exempt": "豁免",
    "left": "离开",
    "approved": "同意",
    "rejected": "不同意",
}
CASE: Final[Mapping[str, str]] = {
    "opened_at": "立项时间",
    "occurred_at": "发生时间",
    "channel": "立项渠道",
    "owner": "事项负责人",
    "requester": "立项人",
    "reopened": "重新开启次数",
    "sensitivity": "敏感级别",
}
LOOPS: Final[Mapping[str, str]] = {"any": "中有一项符合", "all": "每一项都符合"}
