"""`duly explain`: what a rule wants, why, and an example; or a table of all rules."""

import click

from duly.errors import UserError
from models.language.rule import catalogue, explain


@click.command("explain")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """Explain RULE, e.g. DL012; without it, list all rules."""
    if rule is None:
        for each in catalogue().values():
            click.echo(f"{each.id}  {each.severity:7}  {each.title_zh} / {each.title}")
        return
    text = explain(rule.strip())
    if text is None:
        raise UserError(
            f"there is no rule `{rule}`.",
            f"choose one of {', '.join(catalogue())}; `duly explain` alone lists them with their titles.",
        )
    click.echo(text)
