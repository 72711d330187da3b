"""Made-up staff with sign-ins that work."""

import csv
import hashlib
from base64 import b32encode
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role

SECTIONS = Path(__file__).resolve().parent.parent / "data" / "sections.csv"
ROLES = list(Role.values)


@dataclass(frozen=True)
class DemoSignIn:
    """What a newcomer needs to sign in to the demo."""

    name: str
    email: str
    password: str
    totp_secret: str


def demo_sign_ins(seed: str) -> list[DemoSignIn]:
    """The sign-ins of a demo; the same every time from a seed."""
    return [
        DemoSignIn(
            name,
            f"{local}@kaneyama.invalid",
            "kaneyama-sugi-2026",
            b32encode(hashlib.sha256(f"{seed}:{local}".encode()).digest()[:20]).decode(),
        )
        for name, local in (("防災 担当", "bosai"), ("総合政策課 係長", "seisaku"))
    ]


@transaction.atomic
def load_demo_staff(*, seed: str) -> None:
    """About a hundred staff in their sections; the first two can sign in."""
    sections = _sections()
    sign_ins = demo_sign_ins(seed)
    for sign_in, (section, _) in zip(sign_ins, sections, strict=False):
        user = User.objects.create_user(
            sign_in.email, sign_in.password, name=sign_in.name, kind=User.Kind.STAFF
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        TOTP.activate(user, sign_in.totp_secret)
        StaffMember.objects.create(user=user, section=section, post="係長", roles=ROLES)
    for section, people in sections:
        for number in range(people):
            user = User.objects.create_user(
                f"{section.code}{number + 1:02d}@kaneyama.invalid",
                name=f"{section.name} 職員{number + 1}",
                kind=User.Kind.STAFF,
            )
            StaffMember.objects.create(user=user, section=section, post="主事", roles=[])


def _sections() -> list[tuple[Section, int]]:
    with SECTIONS.open(encoding="utf-8") as file:
        return [
            (Section.objects.create(code=row["code"], name=row["name"]), int(row["people"]))
            for row in csv.DictReader(file)
        ]
