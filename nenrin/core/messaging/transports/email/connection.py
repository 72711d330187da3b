"""Django's SMTP backend, told about the town's own certificate authority and bounded in time."""

import ssl
from functools import cached_property

from django.core.mail.backends.smtp import EmailBackend

from ..secrets_from_environment import secret_named
from ..trust import trust
from .options import EmailOptions


class TownSmtp(EmailBackend):
    """One connection with the settings of a channel, not of the process."""

    def __init__(self, options: EmailOptions) -> None:
        self._authorities = options.ca_file
        super().__init__(
            host=options.host,
            port=options.port,
            username=options.user,
            password=secret_named(options.password_env),
            use_tls=options.security == "starttls",
            use_ssl=options.security == "tls",
            timeout=options.timeout,
            fail_silently=False,
        )

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        return trust(self._authorities)
