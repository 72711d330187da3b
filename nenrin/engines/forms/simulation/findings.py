"""What a simulation found."""

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """All but the note keep a version from being published."""

    UNREACHABLE = "unreachable"
    DEAD_END = "dead_end"
    CONTRADICTION = "contradiction"
    FEE = "fee"
    NOTE = "note"


WORDS = {
    FindingKind.UNREACHABLE: "だれにも出ないもの",
    FindingKind.DEAD_END: "行き止まり",
    FindingKind.CONTRADICTION: "矛盾",
    FindingKind.FEE: "手数料",
    FindingKind.NOTE: "確かめたいところ",
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend, or to look at."""

    kind: FindingKind
    message: str


@dataclass(frozen=True)
class FeeStep:
    """What it costs when one answer is this and all others are as ``base`` says."""

    base: str
    question: str
    answer: str
    amount: int | None
    rule: str


@dataclass(frozen=True)
class Simulation:
    """The whole result; ``paths`` counts ways through the form that differ."""

    cases: int
    paths: int
    findings: tuple[Finding, ...]
    fee_steps: tuple[FeeStep, ...]

    def of(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind."""
        return tuple(one for one in self.findings if one.kind is kind)

    @property
    def may_publish(self) -> bool:
        """Whether nothing has to be mended."""
        return all(one.kind is FindingKind.NOTE for one in self.findings)

    def report(self) -> str:
        """The result in words for the staff who wrote the form."""
        head = f"{self.cases:,}通りの答えで試し、{self.paths}通りの道すじを通りました。"
        lines = [head, "" if self.findings else "直すところはありません。"]
        for kind, words in WORDS.items():
            found = self.of(kind)
            if found:
                lines += [f"■ {words}", *(f"・{one.message}" for one in found)]
        if self.fee_steps:
            lines.append("■ 手数料のさかい目")
            lines += [_fee_line(step) for step in self.fee_steps]
        return "\n".join(line for line in lines if line)


def _fee_line(step: FeeStep) -> str:
    amount = "決まりません" if step.amount is None else f"{step.amount:,}円（{step.rule}）"
    return f"・{step.base}、「{step.question}」が {step.answer} のとき: {amount}"
