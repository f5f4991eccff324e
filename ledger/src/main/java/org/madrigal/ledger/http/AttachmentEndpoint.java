package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GET of an attachment by its digest. A few at a time, because each is in memory as a whole,
 * and one member has a quarter of the places.
 */
final class AttachmentEndpoint implements MemberHandler.Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(AttachmentEndpoint.class);
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST_AT_ONCE = 8;
  private static final int PIECE = 64 * 1024;

  private final Function<Digest, Optional<Bytes>> offered;
  private final Pace pace;
  private final Waiters places = new Waiters(MOST_AT_ONCE);

  AttachmentEndpoint(Function<Digest, Optional<Bytes>> offered, Pace pace) {
    this.offered = offered;
    this.pace = pace;
  }

  @Override
  public void answer(MemberId member, Request request, Response response)
      throws Problem, IOException {
    String path = String.valueOf(request.getHttpURI().getPath());
    if (!request.getMethod().equals("GET")) {
      throw new Problem(405, "'%s' cannot be done with '%s'".formatted(request.getMethod(), path));
    }
    if (!path.startsWith(Protocol.ATTACHMENTS)
        || !DIGEST.matcher(path.substring(Protocol.ATTACHMENTS.length())).matches()) {
      throw new Problem(
          404, "Attachments are at '%s' and their SHA-256".formatted(Protocol.ATTACHMENTS));
    }
    if (!places.enter(member)) {
      throw new Problem(429, "Too many attachments are on their way; try again");
    }
    try {
      send(Digest.parse(path.substring(Protocol.ATTACHMENTS.length())), response);
    } finally {
      places.leave(member);
    }
  }

  private void send(Digest digest, Response response) throws Problem, IOException {
    Bytes content =
        find(digest)
            .orElseThrow(() ->
                new Problem(
                    404, "This member does not have %s, or no entry names it".formatted(digest)));
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Protocol.BINARY_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length());
    try (OutputStream out =
        new LeastSpeed(Content.Sink.asOutputStream(response), pace.patience(content.length()))) {
      for (int at = 0; at < content.length(); at += PIECE) {
        out.write(content.slice(at, Math.min(at + PIECE, content.length())).toByteArray());
      }
    }
  }

  private Optional<Bytes> find(Digest digest) throws Problem {
    try {
      return offered.apply(digest);
    } catch (RuntimeException e) {
      LOG.warn("The attachment {} cannot be read", digest, e);
      throw new Problem(503, "This member cannot read its attachments now");
    }
  }
}
