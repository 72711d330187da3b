import stat

from joserfc.jwk import ECKey

from nenrin.core.accounts.card.keys import FILE, client_key, public_keys


def _installation(settings, folder, **changed):
    settings.NENRIN = settings.NENRIN.model_copy(update={"state_dir": folder} | changed)


def test_the_key_is_made_once_and_for_its_owner_alone(settings, tmp_path):
    _installation(settings, tmp_path)
    made = client_key().thumbprint()
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert client_key().thumbprint() == made


def test_the_environments_key_goes_first(settings, tmp_path):
    given = ECKey.generate_key("P-256")
    _installation(settings, tmp_path, card_key=given.as_pem(private=True).decode())
    assert client_key().thumbprint() == given.thumbprint()
    assert not (tmp_path / FILE).exists()


def test_only_the_public_half_is_published(settings, tmp_path):
    _installation(settings, tmp_path)
    (key,) = public_keys()["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
