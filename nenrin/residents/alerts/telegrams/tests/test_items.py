import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from nenrin.residents.alerts.telegrams.errors import CannotReaddress, TelegramError
from nenrin.residents.alerts.telegrams.items import describe_files, items
from nenrin.residents.alerts.telegrams.parse import parse_telegram
from nenrin.residents.alerts.telegrams.readdress import TelegramPlace, readdress

FIXTURES = Path(__file__).parent / "fixtures"
ROOT = Path(__file__).resolve().parents[5]
CORPUS = Path(os.environ.get("NENRIN_CORPUS", ROOT.parent / "shared" / "data"))
SAMPLES = sorted((CORPUS / "jma" / "samples").glob("*.xml"))
needs_corpus = pytest.mark.skipif(not SAMPLES, reason="実際の電文の置き場がないので飛ばします")
KANEYAMA = TelegramPlace(
    municipality=("金山町", "0636100"),
    grouped=("最上", "060040"),
    primary=("最上", "060040"),
    office=("山形県", "060000"),
    seismic_prefecture=("山形県", "06"),
    seismic_area=("山形県最上", "241"),
    seismic_city=("山形金山町", "0636100"),
)


def _own(name):
    return (FIXTURES / name).read_bytes()


def test_a_level_comes_from_the_significancy_and_a_lifted_warning_keeps_its_code():
    raised = [i for i in items(parse_telegram(_own("vpww55_level4.xml"))) if i.level]
    assert [(i.area_code, i.kind_code, i.level) for i in raised] == [("0636100", "43", 4)]
    lifted = items(parse_telegram(_own("vpww55_lifted.xml")))[-1]
    assert (lifted.kind_code, lifted.status, lifted.level) == ("03", "解除", None)


def test_intensities_are_given_as_written_on_each_layer():
    found = items(parse_telegram(_own("vxse53_city_5plus.xml")))
    assert [(i.layer, i.area_code, i.intensity) for i in found] == [
        ("area", "241", "5+"),
        ("city", "0636100", "5+"),
        ("station", "0636100", "5+"),
    ]


def test_a_file_that_cannot_be_read_is_said_and_the_others_go_on(tmp_path):
    broken = tmp_path / "broken.xml"
    broken.write_text("<Report")
    paths = [str(broken), str(FIXTURES / "vpww60_snow.xml"), str(tmp_path / "missing.xml")]
    described = list(describe_files(paths))
    assert [was_read for _, was_read in described] == [False, True, False]
    assert set(described[0][0]) == {"file", "error"}


@needs_corpus
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_gives_the_rows_its_own_xml_holds(path):
    raw = etree.parse(path).getroot()
    telegram = parse_telegram(path.read_bytes())
    warnings = [
        (kind, area)
        for item in raw[2].findall("{*}Warning/{*}Item")
        for area in item.findall("{*}Area") + item.findall("{*}Areas/{*}Area")
        for kind in item.findall("{*}Kind")
    ]
    felt = raw[2].findall("{*}Intensity/{*}Observation/{*}Pref//{*}Area")
    felt += raw[2].findall("{*}Intensity/{*}Observation/{*}Pref//{*}City")
    felt += raw[2].findall("{*}Intensity/{*}Observation/{*}Pref//{*}IntensityStation")
    assert len(items(telegram)) == len(warnings) + len(felt)
    assert telegram.control.title == raw[0].findtext("{*}Title").strip()


@needs_corpus
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_made_into_a_drill_is_marked_and_reads_again(path):
    try:
        made = readdress(path.read_bytes(), KANEYAMA)
    except CannotReaddress:
        return
    assert parse_telegram(made).control.status == "訓練"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<Report/>",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Report>&x;</Report>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode(
            "utf-16"
        ),
        b"<a>" * 5000,
        b"x" * (17 * 1024 * 1024),
    ],
    ids=["empty", "text", "other root", "entity", "utf-16 entity", "deep", "huge"],
)
def test_what_is_no_telegram_is_refused_with_a_reason(data):
    with pytest.raises(TelegramError) as refused:
        parse_telegram(data)
    assert str(refused.value)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_telegram_is_read_or_refused_and_nothing_else(data):
    whole = _own("vpww55_level4.xml")
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    damaged = whole[:start] + data.draw(st.binary(max_size=8)) + whole[end:]
    with contextlib.suppress(TelegramError):
        items(parse_telegram(damaged))
