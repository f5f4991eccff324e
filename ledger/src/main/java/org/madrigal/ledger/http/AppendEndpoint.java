package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.LedgerException;

/** {@code POST /v1/statements}: lets a statement in, if it may. */
final class AppendEndpoint {

  private static final int PIECE = 64 * 1024;

  private final FileLedger ledger;
  private final Admission admission;
  private final long maxBody;
  private final Pace pace;
  private final BodyMemory memory;

  AppendEndpoint(FileLedger ledger, Admission admission, long maxBody, Pace pace) {
    this.ledger = ledger;
    this.admission = admission;
    this.maxBody = maxBody;
    this.pace = pace;
    this.memory = new BodyMemory(maxBody);
  }

  /** Takes the body of an authenticated request; returns when the statement is durable. */
  void handle(MemberId member, Request request) throws Problem, IOException, InterruptedException {
    long length = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (length < 0) {
      throw new Problem(411, "The request says no Content-Length");
    }
    if (length > maxBody) {
      throw new Problem(
          413,
          "A statement with its attachment has at most %d bytes here, not %d"
              .formatted(maxBody, length));
    }
    Digest expected =
        Optional.ofNullable(request.getHeaders().get(ContentDigest.FIELD))
            .flatMap(ContentDigest::parse)
            .orElseThrow(() -> new Problem(400, "The field Content-Digest has no sha-256"));
    memory.take(member, length, pace.grace());
    try {
      append(request, (int) length, expected);
    } finally {
      memory.release(member, length);
    }
  }

  private void append(Request request, int length, Digest expected)
      throws Problem, IOException, InterruptedException {
    Body body = new Body(Content.Source.asInputStream(request), pace.patience(length));
    if (length <= Integer.BYTES) {
      throw new Problem(400, "The body has no statement");
    }
    int statementLength = ByteBuffer.wrap(body.take(Integer.BYTES)).getInt();
    if (statementLength < 1
        || statementLength > SignedStatement.MAX_LENGTH
        || statementLength > length - Integer.BYTES) {
      throw new Problem(
          400, "The body says that its statement has %d bytes".formatted(statementLength));
    }
    SignedStatement statement = SignedStatement.of(Bytes.takeOver(body.take(statementLength)));
    int rest = length - Integer.BYTES - statementLength;
    Optional<Bytes> content =
        rest == 0 ? Optional.empty() : Optional.of(Bytes.takeOver(body.take(rest)));
    if (!body.digest().equals(expected)) {
      throw new Problem(400, "The body is not the one of the field Content-Digest");
    }
    Optional<Attachment> attachment = content.map(Attachment::of);
    switch (admission.decide(statement, attachment)) {
      case Admission.Decision.Refused(String reason) -> throw new Problem(422, reason);
      case Admission.Decision.Accepted() -> {
        try {
          ledger.append(statement, attachment);
        } catch (LedgerException e) {
          throw new Problem(
              e.kind() == LedgerException.Kind.FULL ? 507 : 503,
              "The orderer cannot write: " + e.kind());
        }
      }
    }
  }

  /** A body that must come at a least speed, and is hashed on the way. */
  private static final class Body {
    private final InputStream in;
    private final MessageDigest digest = Digest.sha256();
    private final long deadline;

    Body(InputStream in, Duration patience) {
      this.in = in;
      this.deadline = System.nanoTime() + patience.toNanos();
    }

    byte[] take(int count) throws Problem, IOException {
      byte[] bytes = new byte[count];
      int got = 0;
      while (got < count) {
        int read = in.read(bytes, got, Math.min(PIECE, count - got));
        if (read < 0) {
          throw new Problem(400, "The body ends early");
        }
        if (System.nanoTime() - deadline > 0) {
          throw new Problem(408, "The body came too slowly");
        }
        digest.update(bytes, got, read);
        got += read;
      }
      return bytes;
    }

    Digest digest() {
      return new Digest(Bytes.takeOver(digest.digest()));
    }
  }
}
