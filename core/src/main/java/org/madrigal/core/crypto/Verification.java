package org.madrigal.core.crypto;

/** What checking a signature, a tag, a commitment or a share found. */
public enum Verification {
  /** It was made by the key's holder, or from the value, for exactly these bytes. */
  GENUINE,
  /** Other bytes, another key, or not of that kind at all. */
  FORGED
}
