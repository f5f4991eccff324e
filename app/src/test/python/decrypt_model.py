"""Decrypts an exported model with the library that the format comes from.

    python decrypt_model.py KEY TOKEN OUT
"""

import sys
from pathlib import Path

from cryptography.fernet import Fernet

key, token, out = map(Path, sys.argv[1:])
out.write_bytes(Fernet(key.read_text().strip()).decrypt(token.read_bytes()))
