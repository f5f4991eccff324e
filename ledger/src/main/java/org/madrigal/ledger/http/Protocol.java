package org.madrigal.ledger.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What servers and clients over HTTP must agree on: those of the ledger.
 *
 * <pre>
 * POST /v1/statements              body: length of the signed statement (4 bytes, big-endian) ||
 *                                  signed statement || attachment; 204 when it is durable
 * GET  /v1/genesis                 200 the genesis
 * GET  /v1/head                    200 the signed head of the last block; 204 if there is none
 * GET  /v1/heads/{height}          200 the signed head of one block; 404 if there is none
 * GET  /v1/blocks?from=N&amp;wait=S    200 whole blocks from height N on; 204 if there is none after S
 *                                  seconds; 416 if there are fewer than N blocks
 * </pre>
 *
 * And what a member's node gives the others:
 *
 * <pre>
 * GET  /v1/attachments/{sha256}    200 an attachment off the ledger; 404 if it is not kept here, or
 *                                  no entry names it; 429 if too many are on their way
 * </pre>
 *
 * Every request is signed by a member (RFC 9421). Errors are problem documents (RFC 9457).
 */
final class Protocol {

  static final String STATEMENTS = "/v1/statements";
  static final String GENESIS = "/v1/genesis";
  static final String HEAD = "/v1/head";
  static final String HEADS = "/v1/heads/";
  static final String BLOCKS = "/v1/blocks";
  static final String ATTACHMENTS = "/v1/attachments/";

  static final String STATEMENT_TYPE = "application/vnd.madrigal.statement";
  static final String BINARY_TYPE = "application/octet-stream";
  static final String PROBLEM_TYPE = "application/problem+json";

  /** The parameter {@code tag} of every signature: it is meant for this protocol. */
  static final String TAG = "madrigal-ledger-1";

  static final String LABEL = "sig";

  /** What is signed of a request without a body. */
  static final List<String> SIGNED = List.of("@method", "@authority", "@path", "@query");

  /** What is signed of a request with a body. */
  static final List<String> SIGNED_WITH_BODY =
      List.of("@method", "@authority", "@path", "@query", "content-digest", "content-length");

  /** How long a signature counts, and how far two clocks may be apart. */
  static final Duration VALIDITY = Duration.ofMinutes(5);

  /** The longest wait for blocks. */
  static final Duration MAX_WAIT = Duration.ofSeconds(25);

  /** The most bytes of an answer with blocks, unless the first block alone is longer. */
  static final long MAX_BLOCKS = 16L * 1024 * 1024;

  private Protocol() {}

  /** The derived component {@code @authority} of RFC 9421, section 2.2.3. */
  static String authority(URI uri) {
    return authority(uri.getScheme(), uri.getRawAuthority());
  }

  /** The derived component {@code @authority} of a scheme and a {@code Host} field. */
  static String authority(String scheme, String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String port = scheme.equals("https") ? ":443" : ":80";
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }

  /** The derived component {@code @query} of RFC 9421, section 2.2.7. */
  static String query(@Nullable String rawQuery) {
    return rawQuery == null ? "?" : "?" + rawQuery;
  }
}
