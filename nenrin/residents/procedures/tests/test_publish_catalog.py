from nenrin.engines.forms.selectors import definition_of, newest_version, open_versions
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.residents.procedures import catalog as catalog_module
from nenrin.residents.procedures.services.publish_catalog import ask_for_catalog, publish_catalog
from nenrin.residents.procedures.tasks import publish_shipped


def test_a_town_gets_the_shipped_procedures_once(town, monkeypatch):
    few = {slug: catalog_module.catalog()[slug] for slug in ("dog-registration", "hall-booking")}
    monkeypatch.setattr("nenrin.residents.procedures.services.publish_catalog.catalog", lambda: few)
    first = publish_catalog(acting_user="setup")
    assert publish_catalog(acting_user="setup") == first
    assert {version.form.slug for version in open_versions()} == set(few)
    assert newest_version("dog-registration").number == 1


def test_what_a_town_changed_is_not_published_over(town, monkeypatch):
    few = {slug: catalog_module.catalog()[slug] for slug in ("dog-registration", "hall-booking")}
    monkeypatch.setattr("nenrin.residents.procedures.services.publish_catalog.catalog", lambda: few)
    publish_catalog(acting_user="system")
    for slug, who in (("dog-registration", "町民 係"), ("hall-booking", "system")):
        changed = few[slug].model_copy(update={"minutes": 99})
        publish_version(definition=changed, acting_user=who)
    own, shipped = publish_catalog(acting_user="system")
    assert (own.form.slug, own.number, own.content["minutes"]) == ("dog-registration", 2, 99)
    assert (shipped.number, definition_of(shipped)) == (3, few["hall-booking"])


def test_a_new_town_gets_them_from_a_worker(town, monkeypatch):
    few = {"dog-registration": catalog_module.catalog()["dog-registration"]}
    monkeypatch.setattr("nenrin.residents.procedures.services.publish_catalog.catalog", lambda: few)
    assert ask_for_catalog() and ask_for_catalog()
    publish_shipped(town=town.code)
    publish_shipped(town=town.code)
    assert [version.number for version in open_versions()] == [1]
    assert not ask_for_catalog()
