"""`nenrin staff`: the first sign-in of a town, ending sessions, and what the demo needs."""

import argparse
import json
import ssl
import time
import urllib.parse
import urllib.request

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from config.environment import environment
from nenrin.cli.main import CommandRefused
from nenrin.cli.stack import SEED, rehearsal_addresses, rehearsal_folder
from nenrin.core.accounts.models import User
from nenrin.core.accounts.services.end_sessions import end_sessions
from nenrin.core.organization.models import Section
from nenrin.core.organization.roles import Role
from nenrin.core.organization.services.add_staff import Appointment, StaffRefused, add_staff
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.selectors import town_address
from nenrin.demo.services.load_staff import demo_sign_ins


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    adding = actions.add_parser("add", help="町のはじめの職員を加える")
    adding.add_argument("name", help="名前")
    ending = actions.add_parser("end-sessions", help="サインインをすべて終わらせる")
    code = actions.add_parser("code", help="作りものの職員の、いまの二段階認証の番号")
    mail = actions.add_parser("mail", help="訓練の代役に届いた、いちばん新しいメール")
    for action in (adding, ending, code, mail):
        action.add_argument("email", help="メールアドレス")
    for action in (adding, ending):
        action.add_argument("--town", default=environment.default_town, help="町のコード")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the action."""
    actions = {"add": _add, "end-sessions": _end_sessions, "code": _code, "mail": _mail}
    actions[arguments.action](arguments)
    return 0


def _add(arguments: argparse.Namespace) -> None:
    """Someone with every role: whoever comes after is added on the staff pages."""
    town = Town.objects.filter(code=arguments.town).first()
    if town is None:
        raise CommandRefused(f"町 {arguments.town} がありません。nenrin town new で加えます。")
    with town_scope(town.code):
        section = Section.objects.first() or Section.objects.create(code="soumu", name="総務課")
        try:
            member = add_staff(
                name=arguments.name,
                email=arguments.email,
                appointment=Appointment(section, "担当", Role.values),
                acting_user="nenrin staff",
            )
        except StaffRefused as refusal:
            raise CommandRefused(str(refusal)) from refusal
        user = User.objects.get(pk=member.user_id)
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        link = town_address(town) + reverse("account_reset_password_from_key", kwargs=key)
    print(f"{arguments.name} さんを加えました。3日のうちに、ここでパスワードを決めます。")
    print(link)


def _end_sessions(arguments: argparse.Namespace) -> None:
    with town_scope(arguments.town):
        user = User.objects.filter(email__iexact=arguments.email).first()
        if user is None:
            raise CommandRefused("このメールアドレスの人は、この町にいません。")
        print(f"{end_sessions(user=user, acting_user='nenrin staff')} 件を終わらせました。")


def _code(arguments: argparse.Namespace) -> None:
    found = [s for s in demo_sign_ins(SEED) if s.email == arguments.email]
    if not found:
        raise CommandRefused("作りものの職員ではありません。番号は本人の端末だけが知っています。")
    counter = int(time.time()) // 30
    print(format_hotp_value(hotp_value(found[0].totp_secret, counter)))
    print(f"（あと {30 - int(time.time()) % 30} 秒）")


def _mail(arguments: argparse.Namespace) -> None:
    folder = rehearsal_folder(environment.state_dir)
    port = rehearsal_addresses(environment.state_dir).providers
    address = urllib.parse.quote(arguments.email.lower(), safe="@")
    try:
        trust = ssl.create_default_context(cafile=str(folder / "ca.pem"))
        url = f"https://localhost:{port}/mail/{address}"
        with urllib.request.urlopen(url, timeout=5, context=trust) as answer:
            text = json.load(answer)["text"]
    except OSError as error:
        raise CommandRefused("代役が動いていません。先に nenrin up を動かしてください。") from error
    print(text or "このアドレスには、まだメールが届いていません。")
