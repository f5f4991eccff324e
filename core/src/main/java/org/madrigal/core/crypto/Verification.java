package org.madrigal.core.crypto;

/** What checking a signature found. */
public enum Verification {
  /** The key's holder signed exactly these bytes. */
  GENUINE,
  /** Other bytes, another key, or no signature at all. */
  FORGED
}
