"""`nenrin staff`: the demo's sign-in codes, and ending sessions."""

import argparse
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from config.environment import environment
from nenrin.cli.main import CommandRefused
from nenrin.cli.stack import SEED
from nenrin.core.accounts.models import User
from nenrin.core.accounts.services.end_sessions import end_sessions
from nenrin.core.tenancy.scope import town_scope
from nenrin.demo.services.load_staff import demo_sign_ins


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    code = actions.add_parser("code", help="作りものの職員の、いまの二段階認証の番号")
    ending = actions.add_parser("end-sessions", help="サインインをすべて終わらせる")
    for action in (code, ending):
        action.add_argument("email", help="メールアドレス")
    ending.add_argument("--town", default=environment.default_town, help="町のコード")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the action."""
    if arguments.action == "code":
        found = [s for s in demo_sign_ins(SEED) if s.email == arguments.email]
        if not found:
            raise CommandRefused(
                "作りものの職員ではありません。番号は本人の端末だけが知っています。"
            )
        counter = int(time.time()) // 30
        print(format_hotp_value(hotp_value(found[0].totp_secret, counter)))
        print(f"（あと {30 - int(time.time()) % 30} 秒）")
        return 0
    with town_scope(arguments.town):
        user = User.objects.filter(email__iexact=arguments.email).first()
        if user is None:
            raise CommandRefused("このメールアドレスの人は、この町にいません。")
        print(f"{end_sessions(user=user, acting_user='nenrin staff')} 件を終わらせました。")
    return 0
