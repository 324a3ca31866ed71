"""`duly ledger`: the append-only record, for the auditor."""

import json
from typing import Final

import click

from duly.running.assembly import at_the_terminal
from duly.settings import load_settings
from store.ledger import Fault, head, verify
from store.replaying import Replay

_HELP: Final = """台账：只增不改的记录。

The ledger: the append-only record of all that happened.
"""
_VERIFY: Final = """核验台账：每条记录的哈希与前一条相接，重放每个事项的记录得到现在的状态。

Verify the ledger: every entry is linked to the one before by its hash, and playing the entries of each case again
gives the state it is in. Ends with code 1 if anything does not hold.
"""


@click.group(help=_HELP, short_help="台账 / the ledger")
def command() -> None:
    """A group."""


@command.command("verify", help=_VERIFY, short_help="核验台账 / verify the ledger")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
@click.option("--chain-only", is_flag=True, help="只核验哈希链，不重放 / the chain of hashes only, without replaying")
@click.pass_context
def verify_command(ctx: click.Context, form: str, chain_only: bool) -> None:
    """Say how far the ledger goes and where it does not hold."""
    store, _ = at_the_terminal(load_settings())
    with store.database.auditing() as connection:
        seq, digest = head(connection)
        faults = list(verify(connection))
        if not chain_only:
            faults += list(Replay(connection).faults())
    if form == "json":
        found = [{"seq": fault.seq, "what": fault.what} for fault in faults]
        click.echo(json.dumps({"entries": seq, "head": digest, "holds": not faults, "faults": found}, indent=2))
    else:
        for fault in faults:
            click.echo(_line(fault))
        click.echo(f"共 {seq} 条，末条哈希 / {seq} entries, the last hash is\n{digest}")
        click.echo(f"{len(faults)} 处不符 / {len(faults)} faults" if faults else "全部相符 / everything holds")
    ctx.exit(1 if faults else 0)


def _line(fault: Fault) -> str:
    return f"✗ 第 {fault.seq} 条 / entry {fault.seq}: {fault.what}"
