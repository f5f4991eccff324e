package org.madrigal.app.web;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.madrigal.core.crypto.Digest;

/**
 * The browsers that showed a token. Their cookies are drawn anew, so that nobody who reads one has
 * the token; they are kept in memory only, as digests.
 */
final class Sessions {

  /** The name of the cookie. */
  static final String COOKIE = "madrigal-session";

  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST = 1_000;
  private static final int RANDOM = 32;

  private final SecureRandom random;
  private final Map<Digest, Session> open = new LinkedHashMap<>();

  Sessions(SecureRandom random) {
    this.random = random;
  }

  /**
   * A browser that showed a token.
   *
   * @param token what is known of it
   * @param expires when the browser must show it again
   */
  record Session(Token token, Instant expires) {}

  /** Begins a session, and gives the value of its cookie. */
  synchronized String begin(Token token, Instant now) {
    open.values().removeIf(session -> !now.isBefore(session.expires()));
    if (open.size() >= MOST) {
      open.remove(open.keySet().iterator().next());
    }
    byte[] secret = new byte[RANDOM];
    random.nextBytes(secret);
    String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant latest = now.plus(LONGEST);
    Instant expires = token.expires().isBefore(latest) ? token.expires() : latest;
    open.put(key(cookie), new Session(token, expires));
    return cookie;
  }

  /** The session of a cookie, if it is not over. */
  synchronized Optional<Session> find(String cookie, Instant now) {
    return Optional.ofNullable(open.get(key(cookie)))
        .filter(session -> now.isBefore(session.expires()));
  }

  synchronized void end(String cookie) {
    open.remove(key(cookie));
  }

  private static Digest key(String cookie) {
    return Digest.of(cookie.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
