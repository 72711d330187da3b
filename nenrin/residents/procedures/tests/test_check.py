from datetime import date

import pytest

from nenrin.residents.procedures.catalog import definition_paths
from nenrin.residents.procedures.check import check_files, summary

TODAY = date(2026, 11, 26)


def test_everything_shipped_may_be_published():
    rows = list(check_files(definition_paths(), TODAY))
    assert [row.report for row in rows if not row.may_publish] == []
    found = summary(rows)
    assert found["total"] == found["published"] == 100
    assert found["unreachable"] == found["contradictions"] == found["dead_ends"] == 0
    assert found["paths"] > 500


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("slug: [", "書き方がくずれて"),
        ("slug: a\ntitle: b\nsections: []", "足りません"),
        (
            "{slug: a, title: b, sections: [{name: s, title: t, fields: ["
            "{kind: number, name: n, label: 数, show: m > 1}]}]}",
            "「m」という項目はありません",
        ),
    ],
)
def test_a_spoiled_file_is_told_and_counted_not_fatal(tmp_path, text, words):
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    (row,) = check_files([path], TODAY)
    assert words in row.report and not row.may_publish
    assert summary([row])["unreadable"] == 1
