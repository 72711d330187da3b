"""Every job and every command that takes a town, given another town and our things."""

import argparse
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from nenrin.cli.main import COMMANDS, CommandRefused
from nenrin.core.registry.registry import NotRegistered

from .world import OUR_CODE, THEIR_CODE

# Jobs that serve every town at once or none; each opens the scopes it needs by itself.
FOR_ALL_TOWNS = {
    "nenrin.core.files.tasks.erase_what_is_over",
    "nenrin.core.limits.tasks.forget_old_tries",
    "nenrin.core.jobs.tasks.retry_jobs_of_dead_workers",
    "nenrin.core.messaging.tasks.make_prekeys",
    "nenrin.core.messaging.tasks.sweep_overdue_deliveries",
    "nenrin.life.watch.tasks.look_after_households",
    "nenrin.residents.counter.tasks.erase_preparations",
    "nenrin.residents.counter.tasks.remind_of_tomorrow",
    "nenrin.residents.alerts.tasks.poll_high_frequency_feeds",
    "nenrin.residents.alerts.tasks.poll_long_feeds",
    "nenrin.residents.alerts.tasks.poll_regular_feeds",
}

# What a job that asks for its context is told about itself.
THE_CONTEXT = JobContext(
    app=app,
    job=Job(id=1, queue="river", lock=None, queueing_lock=None, task_name="none"),
    start_timestamp=0.0,
    abort_reason=lambda: None,
)

# By a job's parameter: what stands for it when it runs in another town.
PARAMETERS: dict[str, Callable[[Any], Any]] = {
    "channel": lambda world: world.delivery.channel_id,
    "context": lambda world: THE_CONTEXT,
    "document": lambda world: world.belongings["document"],
    "event": lambda world: 1,
    "listener": lambda world: "none",
    "message": lambda world: str(world.message.pk),
    "position": lambda world: 1,
    "telegram": lambda world: 1,
}

# By a command with --town: words that reach for our things from another town; None: the reason.
REACHING: dict[str, Callable[[Any, Any], list[str]] | None] = {
    "audit": lambda world, folder: ["verify"],
    "drill": None,  # starts a whole system; refuses a town without people
    "import": lambda world, folder: ["households", str(_our_csv(world, folder)), "--apply"],
    "staff": lambda world, folder: ["end-sessions", "staff@kaneyama.invalid"],
}


def _our_csv(world: Any, folder: Any) -> Any:
    heads = "世帯番号,住民番号,氏,名,氏カナ,名カナ,生年月日,性別,世帯主,地区コード,班,住所"
    row = f"{world.household.number},P-9999,よそ,太郎,ヨソ,タロウ,1950-01-01,男,○,01,1,よその町"
    path = folder / "households.csv"
    path.write_text(f"{heads}\n{row}\n", encoding="utf-8")
    return path


def _jobs() -> dict[str, Any]:
    app.perform_import_paths()
    return {name: task for name, task in app.tasks.items() if name.startswith("nenrin.")}


def test_every_job_takes_a_town_or_is_listed():
    missing = []
    for name, task in _jobs().items():
        parameters = inspect.signature(task.func).parameters
        if "town" not in parameters:
            if name not in FOR_ALL_TOWNS:
                missing.append(f'FOR_ALL_TOWNS: "{name}", or give it a parameter "town"')
            continue
        unknown = parameters.keys() - PARAMETERS.keys() - {"town"}
        missing += [f'PARAMETERS: "{part}": lambda world: …  # {name}' for part in sorted(unknown)]
    assert not missing, "add to tests/security/test_jobs_and_commands.py:\n" + "\n".join(missing)
    assert sorted(FOR_ALL_TOWNS - _jobs().keys()) == []


def test_a_job_in_another_town_touches_nothing_of_ours(world):
    before = world.rows()
    for task in _jobs().values():
        parameters = inspect.signature(task.func).parameters
        if "town" not in parameters:
            continue
        values = {part: PARAMETERS[part](world) for part in parameters if part in PARAMETERS}
        _run_quietly(task.func, town=THEIR_CODE, **values)
    assert world.rows() == before


def _run_quietly(work: Callable[..., Any], **values: Any) -> None:
    """A job may break on things that are not there; it may not reach them."""
    with suppress(ObjectDoesNotExist, NotRegistered), transaction.atomic():
        work(**values)


def _with_town() -> Iterator[tuple[str, argparse.ArgumentParser, Any]]:
    for name in COMMANDS:
        command = importlib.import_module(f"nenrin.cli.commands.{name}_")
        parser = argparse.ArgumentParser()
        command.configure(parser)
        if _takes_town(parser):
            yield name, parser, command


def _takes_town(parser: argparse.ArgumentParser) -> bool:
    for action in parser._actions:
        if "--town" in action.option_strings:
            return True
        inner = action.choices if isinstance(action, argparse._SubParsersAction) else {}
        if any(_takes_town(one) for one in inner.values()):
            return True
    return False


def test_every_command_with_a_town_is_listed():
    found = {name for name, _, _ in _with_town()}
    missing = sorted(found - REACHING.keys())
    assert not missing, f"add to REACHING in tests/security/test_jobs_and_commands.py: {missing}"
    assert REACHING.keys() <= found


@pytest.mark.parametrize("name", [name for name, words in REACHING.items() if words])
def test_a_command_for_another_town_touches_nothing_of_ours(world, name, tmp_path, capsys):
    before = world.rows()
    parser, command = next((p, c) for found, p, c in _with_town() if found == name)
    words = [*REACHING[name](world, tmp_path), "--town", THEIR_CODE]
    try:
        command.run(parser.parse_args(words))
    except CommandRefused as refusal:
        assert OUR_CODE not in str(refusal)
    assert world.rows() == before
    assert "秘密" not in capsys.readouterr().out
