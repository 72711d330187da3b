from datetime import UTC, datetime

import pytest
from lxml import etree

from nenrin.residents.lalert.envelope import COMMONS, EDXL
from nenrin.residents.lalert.evacuation import SPACE, evacuation_document
from nenrin.residents.lalert.folder import FolderGateway
from nenrin.residents.lalert.port import (
    DistrictOrder,
    Document,
    OrderReport,
    Sender,
    ShelterReport,
    ShelterState,
)
from nenrin.residents.lalert.shelters import SPACE as SHELTER
from nenrin.residents.lalert.shelters import shelter_document

AT = datetime(2026, 8, 30, 5, 5, tzinfo=UTC)
SENDER = Sender("063614", "金山町", "金山町役場総務課", "kaneyama.example", "0233-00-0000")
NAMES = {"e": EDXL, "c": COMMONS, "v": SPACE, "s": SHELTER}


def _document(**fields):
    values = {"identifier": "063614-order-1", "revision": 1, "headline": "避難指示を出しました"}
    return Document(**values | {"disaster": "土砂災害", "reported_at": AT} | fields)


def _orders(**fields):
    orders = (
        DistrictOrder("有屋", "ありや", 4, AT, households=30, persons=80),
        DistrictOrder("中田", "なかだ", 3, AT, households=20, persons=50),
        DistrictOrder("朴山", "ほおやま", 4, AT, is_lifted=True),
    )
    return evacuation_document(OrderReport(SENDER, _document(**fields), orders))


def _shelters():
    shelters = (
        ShelterState("金山小学校体育館", "", "大字金山108-2", "open", AT, "crowded", 120, 80, 31),
        ShelterState("朴山公民館", "", "大字朴山", "ready", place=(38.88, 140.30)),
    )
    return shelter_document(ShelterReport(SENDER, _document(), shelters))


def _read(content):
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _texts(root, path):
    return [element.text for element in root.iterfind(path, NAMES)]


def test_orders_are_grouped_by_level_with_what_ended_last():
    root = _read(_orders())
    assert _texts(root, ".//v:Detail/v:Sort") == ["避難指示", "高齢者等避難", "避難指示"]
    assert _texts(root, ".//v:Detail/v:IssueOrLift") == ["発令", "発令", "解除"]
    assert _texts(root, ".//v:Area//c:areaName") == ["有屋", "中田", "朴山"]
    assert _texts(root, ".//v:TotalNumber/v:Households") == ["50"]
    assert _texts(root, ".//c:targetArea/c:jisX0402") == ["063614"]
    assert _texts(root, "c:contentObject/c:category") == ["EvacuationOrder"]


def test_shelters_say_whether_they_are_open_and_how_full():
    root = _read(_shelters())
    assert _texts(root, ".//s:Information/s:Sort") == ["開設", "未開設"]
    assert _texts(root, ".//s:Information/s:Status") == ["混雑", "不明"]
    assert _texts(root, ".//s:TotalNumberOfShelter") == ["1"]
    assert _texts(root, ".//s:TotalNumber/s:HeadCount") == ["80"]


@pytest.mark.parametrize(
    ("fields", "status", "kind"),
    [
        ({}, "Actual", "Report"),
        ({"revision": 2}, "Actual", "Update"),
        ({"revision": 3, "is_cancelled": True}, "Actual", "Cancel"),
        ({"is_drill": True}, "Exercise", "Report"),
    ],
)
def test_the_envelope_says_what_it_is(fields, status, kind):
    root = _read(_orders(**fields))
    assert root.findtext("e:distributionStatus", namespaces=NAMES) == status
    assert root.findtext("e:distributionType", namespaces=NAMES) == kind
    assert ("【訓練】" in _orders(**fields).decode()) is (status == "Exercise")


def test_characters_that_xml_cannot_carry_do_no_harm():
    assert "避難\x01".replace("\x01", "") in _orders(headline="避難\x01 <指示> & ほか").decode()


@pytest.mark.parametrize("make", [_orders, _shelters])
def test_the_envelope_is_edxl_once_commons_own_two_elements_are_read_as_what_they_extend(
    make, settings
):
    schema_file = settings.NENRIN.corpus / "cap" / "schema" / "edxlde-1_0.xsd"
    if not schema_file.exists():
        pytest.skip(f"{schema_file} がないため、封筒のスキーマ検査を飛ばしました(NENRIN_CORPUS)")
    root = _read(make())
    for name in ("targetArea", "contentObject"):
        element = root.find(f"c:{name}", NAMES)
        element.tag = f"{{{EDXL}}}{name}"
    area = root.find("e:targetArea", NAMES)
    for child in list(area):
        area.remove(child)
    schema = etree.XMLSchema(etree.parse(schema_file))
    assert schema.validate(_read(etree.tostring(root))), schema.error_log


def test_the_folder_keeps_every_revision(settings, tmp_path):
    settings.NENRIN = settings.NENRIN.model_copy(update={"state_dir": tmp_path})
    gateway = FolderGateway("063614")
    for revision in (1, 2, 2):
        document = _document(revision=revision)
        where = gateway.hand_over(document, _orders(revision=revision))
    assert where == "lalert/063614/063614-order-1-002.xml"
    newest = gateway.newest("063614-order-1")
    assert newest.name.endswith("-002.xml") and len(list(newest.parent.iterdir())) == 2
    assert gateway.newest("another") is None
