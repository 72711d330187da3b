from nenrin.engines.forms.selectors import newest_version, newest_versions
from nenrin.residents.procedures import catalog as catalog_module
from nenrin.residents.procedures.services.publish_catalog import publish_catalog


def test_a_town_gets_the_shipped_procedures_once(town, monkeypatch):
    few = {slug: catalog_module.catalog()[slug] for slug in ("dog-registration", "hall-booking")}
    monkeypatch.setattr("nenrin.residents.procedures.services.publish_catalog.catalog", lambda: few)
    first = publish_catalog(acting_user="setup")
    assert publish_catalog(acting_user="setup") == first
    assert {version.form.slug for version in newest_versions()} == set(few)
    assert newest_version("dog-registration").number == 1
