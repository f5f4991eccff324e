package org.madrigal.ledger.http;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/** The field {@code Content-Digest} of RFC 9530 with SHA-256. */
final class ContentDigest {

  static final String FIELD = "Content-Digest";

  private static final Pattern FORM = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");

  private ContentDigest() {}

  static String field(Digest digest) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest.value().toByteArray()) + ":";
  }

  static Optional<Digest> parse(String field) {
    Matcher form = FORM.matcher(field);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(new Digest(Bytes.takeOver(Base64.getDecoder().decode(form.group(1)))));
  }
}
