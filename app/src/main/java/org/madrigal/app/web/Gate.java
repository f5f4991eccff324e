package org.madrigal.app.web;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.madrigal.app.rest.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may ask. On loopback without tokens everybody on this machine may, but no page of
 * another site: names that do not mean this machine are refused, for a hostile name server can make
 * any name point here. Elsewhere a token is needed, or the session of a browser that showed one.
 */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** Wrong tokens of one address: five at once, then one in ten seconds. */
  private static final RateLimitOfFaults FAULTS = new RateLimitOfFaults(0.1, 5);

  private final WebAddress address;
  private final Optional<TokenFile> tokens;
  private final Sessions sessions;
  private final InstantSource clock;
  private final RateLimit requests;
  private final RateLimit faults;

  private record RateLimitOfFaults(double perSecond, int burst) {}

  Gate(
      WebAddress address,
      Optional<TokenFile> tokens,
      Sessions sessions,
      InstantSource clock,
      WebLimits limits) {
    this.address = address;
    this.tokens = tokens;
    this.sessions = sessions;
    this.clock = clock;
    this.requests = new RateLimit(limits.perSecond(), limits.burst());
    this.faults = new RateLimit(FAULTS.perSecond(), FAULTS.burst());
  }

  /** Refuses what must not even be looked at. */
  void check(Exchange exchange) throws Problem {
    if (!requests.take(exchange.address(), clock.instant())) {
      throw new Problem(429, "Too many requests; ask again in a second.")
          .with("Retry-After", Integer.toString(requests.secondsToWait()));
    }
    String host = exchange.header("Host").orElse("");
    if (address.isLoopback() && !WebAddress.namesLoopback(host)) {
      throw new Problem(
          421,
          "This server is reached as 127.0.0.1, localhost or [::1] only; open it under one of these names.");
    }
    checkSite(exchange, host);
  }

  /** A page of another site may neither change anything nor read. */
  private void checkSite(Exchange exchange, String host) throws Problem {
    Optional<String> origin = exchange.header("Origin");
    String own = address.scheme() + "://" + host;
    boolean changes = !exchange.lookup().equals("GET");
    boolean foreign =
        origin.isPresent()
            && !origin.get().toLowerCase(Locale.ROOT).equals(own.toLowerCase(Locale.ROOT));
    Optional<String> fetch = exchange.header("Sec-Fetch-Site");
    boolean elsewhere = fetch.isPresent() && !List.of("same-origin", "none").contains(fetch.get());
    boolean navigates =
        exchange.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent() && !changes;
    if ((foreign && changes) || (elsewhere && !navigates)) {
      throw new Problem(403, "Another site sent this request; only pages of this server may.");
    }
  }

  /** Refuses who has shown no token, where one is needed. */
  void authenticate(Exchange exchange) throws Problem {
    if (tokens.isPresent() && !isKnown(exchange, tokens.get())) {
      throw unauthorised(
          "A token is needed: send Authorization: Bearer TOKEN, or log in at /login.");
    }
  }

  private boolean isKnown(Exchange exchange, TokenFile file) throws Problem {
    Optional<String> bearer =
        exchange
            .header("Authorization")
            .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
            .map(value -> value.substring(7).strip());
    if (bearer.isPresent()) {
      verify(exchange, file, bearer.get());
      return true;
    }
    return session(exchange).isPresent();
  }

  /** The session of the browser that asks, if its token still counts. */
  Optional<Sessions.Session> session(Exchange exchange) throws Problem {
    Instant now = clock.instant();
    Optional<Sessions.Session> found =
        exchange.cookie(Sessions.COOKIE).flatMap(cookie -> sessions.find(cookie, now));
    if (found.isEmpty() || tokens.isEmpty()) {
      return Optional.empty();
    }
    List<Token> known = known(tokens.get());
    return found.filter(session -> known.contains(session.token()));
  }

  /** The tokens of the file; nobody is let in while it cannot be read. */
  private static List<Token> known(TokenFile file) throws Problem {
    try {
      return file.now();
    } catch (IllegalArgumentException | UncheckedIOException e) {
      LOG.warn("Nobody is let in: {}", e.getMessage());
      throw new Problem(
          503, "The file of tokens cannot be read; ask whoever runs this server to mend it.");
    }
  }

  /** The token with this text, which counts; refuses others, and whoever shows too many. */
  private Token verify(Exchange exchange, TokenFile file, String text) throws Problem {
    Instant now = clock.instant();
    if (faults.isEmpty(exchange.address(), now)) {
      throw new Problem(429, "Too many wrong tokens came from your address; wait a while.")
          .with("Retry-After", Integer.toString(faults.secondsToWait()));
    }
    Optional<Token> token = Optional.empty();
    for (Token each : known(file)) {
      token = each.is(text) ? Optional.of(each) : token;
    }
    if (token.isEmpty()) {
      faults.take(exchange.address(), now);
      throw unauthorised("The token is wrong; check that all of it was copied.");
    }
    if (token.get().isExpired(now)) {
      faults.take(exchange.address(), now);
      throw unauthorised("The token has expired; ask the administrator for a new one.");
    }
    return token.get();
  }

  /** Begins a session of a browser that shows a token. */
  Sessions.Session logIn(Exchange exchange, String text) throws Problem {
    if (tokens.isEmpty()) {
      throw new Problem(400, "No token is needed here.");
    }
    Token token = verify(exchange, tokens.get(), text);
    Instant now = clock.instant();
    String cookie = sessions.begin(token, now);
    Sessions.Session session = sessions.find(cookie, now).orElseThrow();
    exchange.set(
        "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
            .formatted(
                Sessions.COOKIE,
                cookie,
                Math.max(1, session.expires().getEpochSecond() - now.getEpochSecond()),
                address.tls().isPresent() ? "; Secure" : ""));
    return session;
  }

  void logOut(Exchange exchange) {
    exchange.cookie(Sessions.COOKIE).ifPresent(sessions::end);
    exchange.set("Set-Cookie", Sessions.COOKIE + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  }

  /** Whether a browser must be sent to the page that asks for a token. */
  boolean needsLogin(Exchange exchange) throws Problem {
    return tokens.isPresent() && session(exchange).isEmpty();
  }

  private static Problem unauthorised(String sentence) {
    return new Problem(401, sentence).with("WWW-Authenticate", "Bearer realm=\"madrigal\"");
  }
}
