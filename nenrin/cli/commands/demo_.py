"""`nenrin demo`: a made-up 金山町."""

import argparse

from config.environment import environment
from nenrin.cli.commands.migrate_ import migrate
from nenrin.cli.install import install_demo
from nenrin.cli.stack import rehearsal_addresses


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Fill the default town with made-up people, unless it has some."""
    migrate()
    addresses = rehearsal_addresses(environment.state_dir)
    households = install_demo(environment.state_dir, addresses)
    print(f"作りものの金山町に {households:,} 世帯があります。")
    return 0
