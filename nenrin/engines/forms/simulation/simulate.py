"""Drive the answers through the evaluator and say what no one can reach, leave or obey."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..definition import Definition
from ..evaluation.evaluate import evaluate, program_of
from ..evaluation.program import Formula, Program
from ..evaluation.result import Evaluation, ProblemKind
from ..language.types import BOOL
from .cases import Case, CaseMaker
from .findings import FeeStep, Finding, FindingKind, Simulation


def simulate(definition: Definition, *, today: date) -> Simulation:
    """Try the definition. Raises DefinitionRefused where its expressions cannot be meant."""
    program = program_of(definition)
    maker = CaseMaker(program, today)
    maker.settle(lambda case: evaluate(definition, case, today=today).may_be_sent)
    notebook = _Notebook(program)
    for case in maker.cases():
        notebook.write(case, evaluate(definition, case, today=today))
    steps = tuple(_fee_steps(definition, maker, today))
    return Simulation(notebook.cases, len(notebook.paths), tuple(notebook.findings()), steps)


class _Notebook:
    """What was seen over all cases."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.cases = self.sent = self.without_fee = 0
        self.paths: set[Any] = set()
        self.sections: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.unmended: Counter[str] = Counter()
        self.fired: set[str] = set()
        self.fees: set[str] = set()
        self.negative: set[str] = set()
        # For each answer to choose: whether it ever led to the end or to a reason.
        self.led_on: defaultdict[tuple[str, str], bool] = defaultdict(bool)

    def write(self, case: Case, found: Evaluation) -> None:
        self.cases += 1
        self.sent += found.may_be_sent
        self.sections |= set(found.sections)
        keys = {_key(path) for path in found.visible}
        self.seen.update(keys)
        broken = {_key(one.path) for one in found.problems if one.kind is ProblemKind.CHECK}
        self.unmended.update(broken)
        self.fired |= {block.message for block in found.blocks}
        self._write_fee(found)
        fee = found.fee.name if found.fee else ""
        required = frozenset(_key(path) for path in found.required)
        reasons = tuple(block.message for block in found.blocks)
        self.paths.add((frozenset(keys), required, reasons, fee))
        has_end = found.may_be_sent or bool(found.blocks)
        for mark in self._chosen(case, keys):
            self.led_on[mark] |= has_end

    def _write_fee(self, found: Evaluation) -> None:
        if found.fee:
            self.fees.add(found.fee.name)
            if found.fee.amount < 0:
                self.negative.add(found.fee.name)
        elif found.has_fee and found.may_be_sent:
            self.without_fee += 1

    def _chosen(self, case: Case, keys: set[str]) -> Iterator[tuple[str, str]]:
        for asked in self.program.asked():
            question = asked.question
            if question.kind not in ("choice", "yes_no") or asked.group or asked.key not in keys:
                continue
            if case.get(question.name) is not None:
                yield question.label, question.display(case[question.name])

    def findings(self) -> Iterator[Finding]:
        yield from self._unreachable()
        yield from self._dead_ends()
        yield from self._contradictions()
        yield from self._fee_findings()
        yield from self._always()

    def _unreachable(self) -> Iterator[Finding]:
        kind = FindingKind.UNREACHABLE
        for page in self.program.pages:
            if page.section.name not in self.sections:
                yield Finding(kind, f"ページ「{page.section.title}」は、どう答えても出ません。")
        for asked in self.program.asked():
            if asked.key not in self.seen and asked.section in self.sections:
                yield Finding(kind, f"項目「{asked.question.label}」は、どう答えても出ません。")
        for _, block in self.program.blocks:
            if block.message not in self.fired:
                yield Finding(kind, f"「{block.message}」と止める条件は、いつも成り立ちません。")

    def _always(self) -> Iterator[Finding]:
        for asked in self.program.asked():
            if asked.show and not asked.group and self.seen[asked.key] == self.cases:
                words = f"項目「{asked.question.label}」は、どう答えても出ます。条件は要りますか。"
                yield Finding(FindingKind.NOTE, words)

    def _dead_ends(self) -> Iterator[Finding]:
        if not self.sent:
            return
        for (label, answer), has_end in self.led_on.items():
            if not has_end:
                words = f"「{label}」で「{answer}」を選ぶと、理由も出ないまま送れません。"
                yield Finding(FindingKind.DEAD_END, words)

    def _contradictions(self) -> Iterator[Finding]:
        kind = FindingKind.CONTRADICTION
        if not self.sent:
            yield Finding(
                kind, "どう答えても送れません。必須・確かめ・止める条件を見直してください。"
            )
        for asked in self.program.asked():
            if self.seen[asked.key] and self.unmended[asked.key] == self.seen[asked.key]:
                label = asked.question.label
                yield Finding(kind, f"項目「{label}」の確かめは、どう答えても通りません。")
        for condition in _double_conditions(self.program):
            yield Finding(kind, condition)

    def _fee_findings(self) -> Iterator[Finding]:
        kind = FindingKind.FEE
        for _, _, rule in self.program.fees:
            if rule.name not in self.fees:
                yield Finding(kind, f"手数料「{rule.name}」は、だれにも当てはまりません。")
        if self.without_fee:
            words = f"送れるのに手数料が決まらない答えが{self.without_fee}通りあります。"
            yield Finding(kind, f"{words}最後に、条件のない規則を置いてください。")
        for name in sorted(self.negative):
            yield Finding(kind, f"手数料「{name}」が0円より小さくなることがあります。")


def _double_conditions(program: Program) -> Iterator[str]:
    """Show and skip that say the same thing can never both have their way."""
    for page in program.pages:
        if page.show and page.skip and page.show.text == page.skip.text:
            yield f"ページ「{page.section.title}」は、出す条件と飛ばす条件が同じです。"
    for asked in program.asked():
        if asked.show and asked.skip and asked.show.text == asked.skip.text:
            yield f"項目「{asked.question.label}」は、出す条件と飛ばす条件が同じです。"


def _key(path: str) -> str:
    """`members.0.birth` → `members.birth`."""
    first, _, rest = path.partition(".")
    return f"{first}.{rest.partition('.')[2]}" if rest else first


def _fee_steps(definition: Definition, maker: CaseMaker, today: date) -> Iterator[FeeStep]:
    """For each question the fee depends on: the answers next to which the amount changes."""
    program = maker.program
    formulas = [one for rule in program.fees for one in rule[:2] if isinstance(one, Formula)]
    used = {key for formula in formulas for key in formula.uses}
    questions = {asked.key: asked.question for asked in program.asked()}
    keys = sorted(maker.variables(used))
    all_yes = {key: True for key in keys if key in questions and questions[key].type is BOOL}
    bases: list[tuple[str, Case]] = [
        ("ほかがふつうなら", {}),
        ("はい・いいえがみな「はい」なら", all_yes),
    ]
    for key in keys:
        question = questions.get(key.lstrip("#"))
        if question is None:
            continue
        for words, base in bases[: 2 if all_yes else 1]:
            rows = []
            for value, case in maker.alone(key, base):
                fee = evaluate(definition, case, today=today).fee
                shown = f"{value}" if key.startswith("#") else _shown(question, value)
                amount, name = (fee.amount, fee.name) if fee else (None, "")
                rows.append((repr(value), FeeStep(words, question.label, shown, amount, name)))
            rows.sort(key=lambda pair: (len(pair[0]), pair[0]))
            if len({row.amount for _, row in rows}) > 1:
                yield from (row for _, row in rows)


def _shown(question: Any, value: Any) -> str:
    return "答えなし" if value is None else str(question.display(value))
