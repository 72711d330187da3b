import pytest
from django.db import ProgrammingError, transaction

from nenrin.core.audit.models import AuditEntry
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town
from nenrin.engines.forms.definition_file import read_definition, write_definition
from nenrin.engines.forms.faults import DefinitionRefused
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.selectors import definition_of, newest_version, open_versions
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.engines.forms.tests.forms_for_tests import OUTING, outing


def test_versions_count_up_and_the_same_content_is_no_new_one(town):
    first = publish_version(definition=outing(), acting_user="staff:1")
    again = publish_version(definition=outing(), acting_user="staff:2")
    assert first == again and first.number == 1
    second = publish_version(
        definition=read_definition(OUTING.replace("800", "900")), acting_user="staff:1"
    )
    assert second.number == 2
    assert second.changes[0].startswith("手数料「大家族割引」の額が変わりました")
    assert newest_version("outing") == second
    assert list(open_versions()) == [second]
    assert definition_of(first) == outing()
    assert AuditEntry.objects.filter(action="forms.publish").count() == 2


def test_an_exported_file_is_the_same_form_elsewhere(town):
    text = write_definition(
        definition_of(publish_version(definition=outing(), acting_user="staff:1"))
    )
    other = create_town(code="062057")
    with town_scope(other.code):
        taken = publish_version(definition=read_definition(text), acting_user="staff:9")
        assert taken.number == 1 and definition_of(taken) == outing()
        assert DefinitionVersion.objects.count() == 1


def test_a_form_with_faults_is_not_published(town):
    with pytest.raises(DefinitionRefused, match="だれにも当てはまりません"):
        publish_version(
            definition=read_definition(OUTING.replace("count(guests) >= 3", "count(guests) >= 9")),
            acting_user="x",
        )
    assert not DefinitionVersion.objects.exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_a_version(town, act):
    made = publish_version(definition=outing(), acting_user="staff:1")
    rows = DefinitionVersion.objects.filter(pk=made.pk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(number=9) if act == "update" else rows.delete()
