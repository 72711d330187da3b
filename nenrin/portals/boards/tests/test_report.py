import pytest
from django.utils import timezone

from nenrin.core.areas.models import Shelter
from nenrin.core.messaging.selectors.situation import SectionContent
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Household
from nenrin.portals.boards.report import report_content, situation_report
from nenrin.residents.safety.services.open_case import open_case
from nenrin.residents.shelters.services.open_shelter import open_shelter


@pytest.fixture
def drill(small_town):
    made = make_message(is_drill=True)
    release_message(message=made, acting_user="tester")
    made.refresh_from_db()
    return made


def section(content, title):
    return next(part for part in content["sections"] if part["title"] == title)


def test_every_module_gives_its_section_in_order(drill):
    gym = Shelter.objects.get(name="金山小学校体育館")
    open_shelter(shelter=gym, is_drill=True, acting_user="tester")
    open_case(message=drill, household=Household.objects.first())
    content = report_content(drill, "金山町", timezone.now())
    titles = [part["title"] for part in content["sections"]]
    assert titles.index("出した知らせ") < titles.index("気象") < titles.index("避難所")
    assert (
        titles.index("安否と救助") < titles.index("届いた状況") < titles.index("経過（新しい順）")
    )
    assert section(content, "避難所")["rows"][0][0]["text"] == gym.name
    assert section(content, "届いた状況")["rows"][-1][1] == {"text": "60", "right": True}
    course = [row[1]["text"] for row in section(content, "経過（新しい順）")["rows"]]
    assert {"送り始めました", "避難所を開きました", "助けが必要"} <= set(course)


def test_a_real_shelter_is_no_part_of_a_drill(drill):
    gym = Shelter.objects.get(name="金山小学校体育館")
    open_shelter(shelter=gym, is_drill=False, acting_user="tester")
    content = report_content(drill, "金山町", timezone.now())
    assert section(content, "避難所")["rows"] == []


def test_the_report_names_no_resident(drill):
    home = Household.objects.first()
    open_case(message=drill, household=home)
    text = str(report_content(drill, "金山町", timezone.now()))
    for person in home.persons.all():
        assert person.given_name not in text and home.address not in text


def test_the_pdf_is_an_archive_file_and_a_drill_differs(drill, staff_client):
    answer = staff_client.get(f"/staff/messages/{drill.pk}/report.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    assert b"pdfaid" in answer.content
    now = timezone.now()
    as_drill = situation_report(drill, "金山町", now)
    drill.is_drill = False
    assert situation_report(drill, "金山町", now) != as_drill


def test_an_empty_section_says_so():
    assert SectionContent().empty
