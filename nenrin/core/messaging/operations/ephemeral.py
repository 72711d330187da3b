"""Tables that no backup may hold and that a restore empties.

They are UNLOGGED: a crash empties them, a replica never has them. A copy of the rest that came
back with these rows would seal new words under keys already used, which breaks AES-GCM.
"""

EPHEMERAL_TABLES = ("messaging_prekey", "messaging_sealedpush")
REASON = "鍵を二度使うと暗号が破れるため"
