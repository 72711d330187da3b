"""Backup and restore: one encrypted file with the database, the state folder and the secret key.

`sealing` encrypts a stream, `entries` divides it, `tables` reads and loads rows, `folders` the
state folder's files; `write_backup` and `restore_backup` bring them together. Nothing here is a
model, so a restore can begin before Django is set up.
"""
