"""A form that wants two witnesses and a card, for tests."""

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.services.publish_version import publish_version

MARRIAGE = """
slug: marriage-trial
title: 婚姻届（ためし）
owner: 住民係
identity: IDENTITY
sections:
  - name: couple
    title: ふたり
    fields:
      - {kind: text, name: husband, label: 夫になる人}
      - {kind: text, name: wife, label: 妻になる人}
  - name: private
    title: 連絡先
    PAGE
    fields:
      - {kind: email, name: mail, label: メール, verify: true}
      - {kind: text, name: note, label: メモ, required: false}
signers:
  - {name: witness, label: 証人, count: 2, identity: SIGNER, sees: [couple]}
"""
ANSWERS = {"husband": "金山太郎", "wife": "有屋花子", "mail": "taro@example.jp"}


def marriage(identity: str = "none", signer: str = "contact", page: str = "") -> Definition:
    """The form; ``page`` is the level its second page asks for."""
    text = MARRIAGE.replace("IDENTITY", identity).replace("SIGNER", signer)
    return read_definition(text.replace("    PAGE\n", f"    identity: {page}\n" if page else ""))


def publish_marriage(**options: str) -> DefinitionVersion:
    """Publish it in the town in scope."""
    return publish_version(definition=marriage(**options), acting_user="t")
