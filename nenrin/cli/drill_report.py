"""A drill's result, for people and for machines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from nenrin.cli.drill_run import DrillResult
from nenrin.core.messaging.selectors.reach import AreaReach
from nenrin.core.messaging.transports.contract import transports


def as_json(result: DrillResult) -> dict[str, Any]:
    """The object that ``nenrin drill --json`` prints."""
    counts = ("planned", "sent", "delivered", "opened", "confirmed", "failed")
    return {
        "households": result.total.households,
        "reached": result.total.reached,
        "silent": result.total.silent,
        "by_channel": {
            channel.kind: {name: getattr(channel, name) for name in counts}
            for channel in result.channels
        },
        "first_sent_ms": result.first_sent_ms,
        "last_sent_ms": result.last_sent_ms,
    }


@contextmanager
def progress_bar(console: Console) -> Iterator[Any]:
    """Show how many households are reached; yields the function to tell it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("訓練", total=None, words="")

        def tell(total: AreaReach, waiting: int) -> None:
            words = f"{total.reached} / {total.households} 世帯（送信待ち {waiting}）"
            bar.update(task, total=total.households, completed=total.reached, words=words)

        yield tell


def print_result(console: Console, result: DrillResult) -> None:
    """Print reach by channel and district, the times, and who is still silent."""
    total = result.total
    console.print(f"\n【訓練】{result.title}")
    console.print(
        f"{total.households:,} 世帯のうち {total.reached:,} 世帯に届きました。"
        f"まだの世帯 {total.silent:,}。助けが必要 {total.needs_help:,}。"
    )
    if result.first_sent_ms is not None and result.last_sent_ms is not None:
        console.print(
            f"電文を読んでから、最初の送信まで {result.first_sent_ms / 1000:.2f} 秒、"
            f"最後の送信まで {result.last_sent_ms / 1000:.2f} 秒。"
        )
    console.print(_channel_table(result))
    console.print(_district_table(result))
    if result.silent:
        console.print("まだ届いていない世帯（はじめの数軒）")
        for district, number, address in result.silent:
            console.print(f"  {district}  {number}  {address}")


def _channel_table(result: DrillResult) -> Table:
    table = Table("送り方", "予定", "送信", "到達", "開封", "確認", "届かず")
    for channel in result.channels:
        counts = (
            channel.planned,
            channel.sent,
            channel.delivered,
            channel.opened,
            channel.confirmed,
            channel.failed,
        )
        table.add_row(transports.get(channel.kind).label, *(f"{count:,}" for count in counts))
    return table


def _district_table(result: DrillResult) -> Table:
    table = Table("地区", "世帯", "送信", "開封", "届いた", "答えた", "まだ")
    for area in result.districts:
        counts = (
            area.households,
            area.sent,
            area.opened,
            area.reached,
            area.answered,
            area.silent,
        )
        table.add_row(area.name, *(f"{count:,}" for count in counts))
    return table
