package org.madrigal.app.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Digest;

/**
 * What a server knows of a token: never the token itself. Its 256 random bits are their own salt.
 *
 * @param name whose it is, for people
 * @param sha256 the digest of its text
 * @param expires when it is worth nothing any more
 */
public record Token(String name, Digest sha256, Instant expires) {

  private static final String PREFIX = "mdg_";
  private static final int RANDOM = 32;
  private static final int MOST_TEXT = 128;

  /** Refuses names that a line of the file cannot hold. */
  public Token {
    if (!name.matches("[A-Za-z0-9._-]{1,40}")) {
      throw new IllegalArgumentException(
          "The name of a token has 1 to 40 letters, digits, dots, hyphens and underscores, not '%s'"
              .formatted(name.length() > 60 ? name.substring(0, 60) : name));
    }
  }

  /** The text of a new token, which is shown once. */
  public static String draw(RandomGenerator random) {
    byte[] secret = new byte[RANDOM];
    random.nextBytes(secret);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** What is kept of a token. */
  public static Token of(String name, String text, Instant expires) {
    return new Token(name, digest(text), expires);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether {@code text} is this token; takes the same time whatever it is. */
  boolean is(String text) {
    byte[] given =
        digest(text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT))
            .value()
            .toByteArray();
    return MessageDigest.isEqual(given, sha256.value().toByteArray());
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }

  @Override
  public String toString() {
    return "Token[%s, until %s]".formatted(name, expires);
  }
}
