"""AES-GCM under a ring of keys, and keyed hashes by which the encrypted can be found."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

NONCE = 12


@lru_cache(maxsize=4)
def _ring(text: str) -> dict[int, AESGCM]:
    """`id:base64,...` as key id -> cipher, in the order given: the first encrypts."""
    if not text and settings.DEBUG:
        return {0: AESGCM(hashlib.sha256(settings.SECRET_KEY.encode()).digest())}
    if not text:
        raise ImproperlyConfigured("CRM_ENCRYPTION_KEYS is not set: contact data can't be kept.")
    pairs = (part.split(":", 1) for part in text.split(","))
    return {int(number): AESGCM(base64.b64decode(key)) for number, key in pairs}


def first_key() -> int:
    """The id of the key that encrypts; it is the first byte of what it encrypted."""
    return next(iter(_ring(settings.CRM_ENCRYPTION_KEYS)))


def seal(data: bytes) -> bytes:
    """One byte of key id, 12 of nonce, then ciphertext and tag."""
    number = first_key()
    cipher = _ring(settings.CRM_ENCRYPTION_KEYS)[number]
    nonce = os.urandom(NONCE)
    return bytes([number]) + nonce + cipher.encrypt(nonce, data, None)


def unseal(sealed: bytes) -> bytes:
    """Raises KeyError for a key that left the ring and InvalidTag for a changed value."""
    sealed = bytes(sealed)
    cipher = _ring(settings.CRM_ENCRYPTION_KEYS)[sealed[0]]
    return cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], None)


def encrypt(text: str) -> bytes:
    return seal(text.encode())


def decrypt(sealed: bytes) -> str:
    return unseal(sealed).decode()


def keyed_hash(text: str) -> bytes:
    """HMAC-SHA-256 of a normalised value, 32 bytes; equal values hash equally."""
    key = settings.CRM_HASH_KEY or (settings.SECRET_KEY if settings.DEBUG else "")
    if not key:
        raise ImproperlyConfigured("CRM_HASH_KEY is not set: contact data can't be found.")
    return hmac.digest(key.encode(), text.encode(), "sha256")


class EncryptedTextField(models.TextField):
    """Text in Python, AES-GCM bytes in the database. Not searchable: keep a keyed hash beside it."""

    def db_type(self, connection) -> str:
        return "bytea"

    def from_db_value(self, value, expression, connection) -> str:
        return decrypt(value) if value else ""

    def get_db_prep_save(self, value, connection):
        return encrypt(value) if value else b""


class EncryptedBytesField(models.BinaryField):
    """The same for a picture or any other file that stands in a row."""

    def from_db_value(self, value, expression, connection) -> bytes:
        return unseal(value) if value else b""

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(seal(bytes(value)) if value else b"", connection)


SEALED = (EncryptedTextField, EncryptedBytesField)


def sealed_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of the model's own table that are encrypted."""
    fields = model._meta.local_concrete_fields
    return tuple(field.column for field in fields if isinstance(field, SEALED) and field.column)
