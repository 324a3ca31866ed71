"""Words for values that Pydantic refuses."""

from typing import Final

from models.language.problem import Wording, Words

_AVAILABLE: Final = Words("keys available here: {available}", "这里可用的键：{available}")

UNKNOWN_KEY: Final = Wording("DL009", Words("unknown key `{key}`", "未知的键 `{key}`"), _AVAILABLE)
MISSPELT_KEY: Final = Wording(
    "DL009",
    Words("unknown key `{key}`; did you mean `{close}`?", "未知的键 `{key}`；是否想写 `{close}`？"),
    # The list is long, and the same in both languages: once is enough where the right key is known.
    Words("write `{close}` ({meaning}); " + _AVAILABLE.en, "请写 `{close}`（{meaning_zh}）"),
)
KEY_OF_OTHERS: Final = Wording(
    "DL009",
    Words(
        "`{key}` is a key of `{tag}: {others}`, and this is `{tag}: {own}`",
        "键 `{key}` 只用于 `{tag}: {others}`，而这里是 `{tag}: {own}`",
    ),
    Words("remove it, or change `{tag}`; " + _AVAILABLE.en, "请删除，或修改 `{tag}`"),
)
MISSING_KEY: Final = Wording(
    "DL010",
    Words("missing key `{key}`: {meaning}", "缺少键 `{key}`：{meaning_zh}"),
    Words("add it, for example `{example}`", "请补上，例如 `{example}`"),
)
MISSING_TAG: Final = Wording(
    "DL010",
    Words("missing key `{tag}`, which says what this is", "缺少键 `{tag}`，它说明这是什么"),
    Words("add `{tag}: ` and one of: {allowed}", "请补上 `{tag}: `，可选：{allowed}"),
)
WRONG_TYPE: Final = Wording(
    "DL011",
    Words("{where} should be {expected}, but is {found}", "{where_zh}应为{expected_zh}，这里却是{found_zh}"),
    Words("{advice}", "{advice_zh}"),
)
NO_VALUE: Final = Wording(
    "DL011",
    Words("{where} has no value; expected {expected}", "{where_zh}没有写值；应为{expected_zh}"),
    Words("write a value after the colon, or delete the key", "请在冒号后写上值，或删除这个键"),
)
NOT_ALLOWED: Final = Wording(
    "DL013",
    Words("`{found}` is not one of the values of {where}", "`{found}` 不是{where_zh}的可选值"),
    Words("allowed: {allowed}", "可选：{allowed}"),
)
MISSPELT_VALUE: Final = Wording(
    "DL013",
    Words(
        "`{found}` is not one of the values of {where}; did you mean `{close}`?",
        "`{found}` 不是{where_zh}的可选值；是否想写 `{close}`？",
    ),
    NOT_ALLOWED.remedy,
)
UNKNOWN_TAG: Final = Wording(
    "DL014",
    Words("unknown {tag} `{found}`", "未知的 {tag}：`{found}`"),
    Words("{tag} is one of: {allowed}", "{tag} 可选：{allowed}"),
)
MISSPELT_TAG: Final = Wording(
    "DL014",
    Words("unknown {tag} `{found}`; did you mean `{close}`?", "未知的 {tag}：`{found}`；是否想写 `{close}`？"),
    UNKNOWN_TAG.remedy,
)
OUT_OF_BOUNDS: Final = Wording(
    "DL013",
    Words("{where} is {found}, but {limit}", "{where_zh}为{found_zh}，但{limit_zh}"),
    Words("{meaning}", "{meaning_zh}"),
)
WRONG_FORM: Final = Wording(
    "DL013",
    OUT_OF_BOUNDS.message,
    Words("{meaning}; its form is {pattern}", "{meaning_zh}；格式：{pattern}"),
)
REFUSED: Final = Wording(
    "DL013",
    Words("{where}: {reason}", "{where_zh}：{reason}"),
    Words("{meaning}", "{meaning_zh}"),
)

EXPECTED: Final[dict[str, Words]] = {
    "string": Words("text", "文字"),
    "int": Words("a whole number", "整数"),
    "float": Words("a number", "数字"),
    "bool": Words("true or false", " true 或 false"),
    "list": Words("a list", "列表"),
    "tuple": Words("a list", "列表"),
    "dict": Words("keys and values", "若干“键: 值”"),
    "model": Words("keys and values", "若干“键: 值”"),
    "mapping": Words("keys and values", "若干“键: 值”"),
}
"""By the first word of Pydantic's error types `string_type`, `int_parsing`, ..."""

LIMITS: Final[dict[str, Words]] = {
    "string_too_short": Words("needs at least {min_length} characters", "至少要 {min_length} 个字符"),
    "string_too_long": Words("may have at most {max_length} characters", "最多 {max_length} 个字符"),
    "too_short": Words("needs at least {min_length} entries", "至少要 {min_length} 项"),
    "too_long": Words("may have at most {max_length} entries", "最多 {max_length} 项"),
    "greater_than": Words("must be more than {gt}", "必须大于 {gt}"),
    "greater_than_equal": Words("must be at least {ge}", "不得小于 {ge}"),
    "less_than": Words("must be less than {lt}", "必须小于 {lt}"),
    "less_than_equal": Words("must be at most {le}", "不得大于 {le}"),
    "string_pattern_mismatch": Words("does not have the form that is wanted", "格式不对"),
}
"""By Pydantic's error types; `{...}` come from the error's context."""
