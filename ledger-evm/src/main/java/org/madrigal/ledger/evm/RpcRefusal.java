package org.madrigal.ledger.evm;

import java.util.Locale;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/** A node understood a request and refuses it. */
final class RpcRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient Optional<Bytes> data;

  RpcRefusal(int code, String message, Optional<Bytes> data) {
    super(message);
    this.code = code;
    this.data = data;
  }

  int code() {
    return code;
  }

  /** What the contract gave as its reason, if it was asked. */
  Optional<Bytes> data() {
    return data;
  }

  /** Whether the node's sentence has these words in it: nodes agree on no other sign. */
  boolean says(String words) {
    return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains(words);
  }
}
