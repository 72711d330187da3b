from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nenrin.core.files.documents.apart import page_count, text_of
from nenrin.core.files.documents.tests.pictures import photo
from nenrin.core.files.documents.tests.test_pdf import paper
from nenrin.core.files.models import StoredFile
from nenrin.core.files.services.store_file import open_file
from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.residents.procedures.models import ApplicationFile, Identity, Mouth
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.drafts.keep_attachment import keep_attachment
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.services.papers import bind_documents as module
from nenrin.residents.procedures.services.submit_application import submit_application

from ....tests.factories import fill, resident

FORM = """
{slug: papers, title: 書類, sections: [{name: s, title: 書類, fields: [
  {kind: file, name: proof, label: 診断書, required: false},
  {kind: group, name: pets, label: 犬, least: 0, most: 3, required: false, item: 頭, fields: [
    {kind: file, name: shot, label: 注射済証, required: false}]}]}]}
"""


@pytest.fixture
def draft(small_town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    version = publish_version(definition=read_definition(FORM), acting_user="t")
    person = resident()
    starter = Starter(Mouth.PHONE, Identity.LOGIN, person.user, person, person.household)
    return start_application(version=version, starter=starter, acting_user="t")[0]


def _question(draft, path):
    name, _, inner = path.partition(".")
    found = {q.name: q for _, q in definition_of(draft.version).questions()}[name]
    return {q.name: q for q in found.fields}[inner] if inner else found


def _keep(draft, question, content, name="写真.jpg"):
    upload = SimpleUploadedFile(name, content)
    asked = _question(draft, question)
    return keep_attachment(application=draft, question=asked, upload=upload, acting_user="t")


def _send(draft):
    submit_application(application=draft, submission=uuid4(), acting_user="t")
    draft.refresh_from_db()


def _content(reference):
    return open_file(StoredFile.objects.get(pk=reference["id"])).read()


def test_several_photos_are_one_pdf_when_it_is_sent(draft, django_capture_on_commit_callbacks):
    parts = [photo(), paper("二枚目"), photo(form="HEIF")]
    kept = [_keep(draft, "proof", part) for part in parts]
    fill(draft, {"proof": kept})
    with django_capture_on_commit_callbacks(execute=True):
        _send(draft)
    (bound,) = draft.answers["proof"]
    assert (bound["name"], bound["type"]) == ("診断書.pdf", "application/pdf")
    content = _content(bound)
    assert page_count(content) == 3 and "二枚目" in text_of(content)[-2]
    assert draft.revisions.get().answers == draft.answers
    left = ApplicationFile.objects.filter(file__erased_at=None)
    assert [str(row.file_id) for row in left] == [bound["id"]]


def test_one_photo_stays_a_photo(draft):
    fill(draft, {"proof": [_keep(draft, "proof", photo())]})
    _send(draft)
    assert draft.answers["proof"][0]["type"] == "image/jpeg"


def test_each_item_of_a_group_has_a_paper_of_its_own(draft):
    shots = [[_keep(draft, "pets.shot", photo()) for _ in range(2)] for _ in range(2)]
    fill(draft, {"pets": [{"shot": shot} for shot in shots]})
    _send(draft)
    bound = [item["shot"] for item in draft.answers["pets"]]
    assert [len(one) for one in bound] == [1, 1] and bound[0] != bound[1]


def test_what_is_mended_later_is_bound_behind_it(draft):
    fill(draft, {"proof": [_keep(draft, "proof", photo()) for _ in range(2)]})
    _send(draft)
    ask_to_mend(application=draft, fields=["proof"], words="裏も", acting_user="d")
    draft.refresh_from_db()
    fill(draft, {"proof": [*draft.answers["proof"], _keep(draft, "proof", photo())]})
    _send(draft)
    assert page_count(_content(draft.answers["proof"][0])) == 3
    assert [len(r.answers["proof"]) for r in draft.revisions.all()] == [1, 1]


def test_what_would_be_too_large_stays_as_it_came(draft, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    fill(draft, {"proof": [_keep(draft, "proof", photo()) for _ in range(2)]})
    _send(draft)
    assert len(draft.answers["proof"]) == 2
    assert not StoredFile.objects.exclude(erased_at=None).exists()


def test_a_reference_to_anothers_file_binds_nothing(draft):
    mine = _keep(draft, "proof", photo())
    fill(draft, {"proof": [mine, {**mine, "id": str(uuid4())}]})
    _send(draft)
    assert len(draft.answers["proof"]) == 2
