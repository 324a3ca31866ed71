"""`duly explain`: what a rule wants, why, and an example; or a table of all rules."""

import click

from duly.errors import UserError
from models.language.rule import catalogue, explain
from models.language.rule_page import as_markdown


@click.command("explain", short_help="解释一条检查规则 / explain a rule, with an example")
@click.argument("rule", required=False)
@click.option("--all", "everything", is_flag=True, help="全部规则 / all rules, in full")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    help="输出格式 / output format; markdown is that of docs/reference/rules.md",
)
def command(rule: str | None, everything: bool, form: str) -> None:
    """解释 RULE，例如 DL012；不写则列出全部规则。

    Explain RULE, e.g. DL012; without it, list all rules.
    """
    if everything or (rule is None and form == "markdown"):
        rules = catalogue()
        click.echo(
            as_markdown(rules.values()) if form == "markdown" else "\n\n\n".join(_explain(each) for each in rules)
        )
    elif rule is None:
        for each in catalogue().values():
            click.echo(f"{each.id}  {each.severity:7}  {each.title_zh} / {each.title}")
    elif form == "markdown":
        _explain(rule.strip())
        click.echo(as_markdown([catalogue()[rule.strip().upper()]]))
    else:
        click.echo(_explain(rule.strip()))


def _explain(rule: str) -> str:
    text = explain(rule)
    if text is None:
        raise UserError(
            f"没有规则 `{rule}`\nthere is no rule `{rule}`.",
            f"可选 / choose one of {', '.join(catalogue())}; `duly explain` alone lists them with their titles.",
        )
    return text
