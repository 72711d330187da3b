"""`nenrin demo`: a made-up 金山町."""

import argparse

from config.environment import environment
from nenrin.cli.commands.migrate_ import migrate
from nenrin.cli.install import install_demo
from nenrin.cli.stack import SEED, rehearsal_addresses
from nenrin.demo.services.load_residents import FAMILY, RESIDENT
from nenrin.demo.services.load_staff import demo_sign_ins
from nenrin.demo.shape import KANEYAMA, SMALL


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--small", action="store_true", help="60世帯だけの小さな町にする")


def run(arguments: argparse.Namespace) -> int:
    """Fill the default town with made-up people, unless it has some, and print the sign-ins."""
    migrate()
    addresses = rehearsal_addresses(environment.state_dir)
    shape = SMALL if arguments.small else KANEYAMA
    households = install_demo(environment.state_dir, addresses, shape=shape)
    print(f"作りものの金山町に {households:,} 世帯があります。職員のサインイン（作りもの）:")
    for sign_in in demo_sign_ins(SEED):
        print(f"  {sign_in.name}: {sign_in.email}  パスワード {sign_in.password}")
        print(f"    二段階認証の、いまの番号: nenrin staff code {sign_in.email}")
    print("町民のサインイン（メールの番号）:")
    for title, email in (("町の人", RESIDENT), ("離れて暮らす家族", FAMILY)):
        print(f"  {title}: {email}  届いたメール: nenrin staff mail {email}")
    return 0
