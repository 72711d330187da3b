"""The `nenrin` command: finds the subcommand, prepares what it needs, and runs it."""

import argparse
import importlib
import os
import sys
from typing import TextIO

COMMANDS = {
    "up": "町のしくみを全部動かす（Ctrl-Cで止まる）",
    "web": "Webサーバーだけを動かす",
    "worker": "送信などの仕事をする係を動かす",
    "drill": "本物と同じ道で訓練をする",
    "telegram": "気象庁の電文を読んで見せる",
    "town": "町を加える・見る",
    "import": "世帯のCSVを取り込む",
    "procedures": "手続きの定義を試す",
    "demo": "作りものの金山町を入れる",
    "staff": "職員のサインインを作る・終わらせる",
    "backup": "全部を一つの暗号化したファイルに写す",
    "restore": "バックアップを空の場所に戻す",
    "doctor": "悪いところを見つけ、直し方を言う",
    "audit": "監査記録を確かめる",
    "migrate": "データベースをこの版に合わせる",
}
WITHOUT_DATABASE = ("procedures", "telegram", "up", "restore", "doctor")


class CommandRefused(Exception):
    """The command cannot be carried out; the text says why and what to do."""


def main(argv: list[str] | None = None) -> int:
    """Run a command line; returns the exit status."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in ("-h", "--help"):
        _print_commands()
        return 0
    name = words[0]
    if name not in COMMANDS:
        print(f"nenrin: 「{name}」という命令はありません。", file=sys.stderr)
        _print_commands(sys.stderr)
        return 2
    try:
        return _run(name, words[1:])
    except KeyboardInterrupt:
        print("\n止めました。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CommandRefused as refusal:
        print(f"nenrin: {refusal}", file=sys.stderr)
        return 1


def _run(name: str, words: list[str]) -> int:
    if name not in WITHOUT_DATABASE:
        connect_database()
    command = importlib.import_module(f"nenrin.cli.commands.{name}_")
    parser = argparse.ArgumentParser(prog=f"nenrin {name}", description=COMMANDS[name])
    command.configure(parser)
    arguments = parser.parse_args(words)
    if name in WITHOUT_DATABASE:
        return int(command.run(arguments))
    with importlib.import_module("nenrin.cli.setup").database_trouble_told():
        return int(command.run(arguments))


def connect_database() -> None:
    """Start the embedded database where it is used, set Django up, and say what is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    setup = importlib.import_module("nenrin.cli.setup")
    setup.set_up()


def _print_commands(stream: TextIO | None = None) -> None:
    lines = ["使い方: nenrin 命令 [オプション]", ""]
    lines += [f"  {name:<10}{words}" for name, words in COMMANDS.items()]
    lines += ["", "命令ごとの説明: nenrin 命令 --help"]
    print("\n".join(lines), file=stream or sys.stdout)
