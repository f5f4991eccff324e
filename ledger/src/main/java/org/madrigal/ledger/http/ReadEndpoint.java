package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.BlockRange;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.SignedHead;

/** The GET requests: genesis, heads, and blocks with waiting. */
final class ReadEndpoint {

  private static final Duration SLICE = Duration.ofMillis(500);

  private final FileLedger ledger;
  private final Waiters waiters;
  private final Pace pace;
  private final AtomicBoolean stopping;

  ReadEndpoint(FileLedger ledger, Waiters waiters, Pace pace, AtomicBoolean stopping) {
    this.ledger = ledger;
    this.waiters = waiters;
    this.pace = pace;
    this.stopping = stopping;
  }

  void handle(MemberId member, Request request, Response response)
      throws Problem, IOException, InterruptedException {
    String path = String.valueOf(request.getHttpURI().getPath());
    if (path.equals(Protocol.GENESIS)) {
      send(response, ledger.genesis().encode());
    } else if (path.equals(Protocol.HEAD)) {
      sendOrNothing(response, ledger.head().map(SignedHead::encode));
    } else if (path.startsWith(Protocol.HEADS)) {
      long height = number("height", path.substring(Protocol.HEADS.length()));
      SignedHead head =
          ledger.headAt(height).orElseThrow(() -> new Problem(404, "There is no block " + height));
      send(response, head.encode());
    } else if (path.equals(Protocol.BLOCKS)) {
      blocks(member, request, response);
    } else {
      throw new Problem(404, "There is nothing at '%s'".formatted(path));
    }
  }

  private void blocks(MemberId member, Request request, Response response)
      throws Problem, IOException, InterruptedException {
    Fields query = Request.extractQueryParameters(request);
    long from = number("from", query.getValue("from"));
    long wait = number("wait", query.getValue("wait"));
    if (from > ledger.blockCount()) {
      throw new Problem(
          416, "There are %d blocks here, not %d".formatted(ledger.blockCount(), from));
    }
    Optional<BlockRange> range = ledger.blocks(from, Protocol.MAX_BLOCKS, Duration.ZERO);
    if (range.isEmpty() && wait > 0) {
      if (!waiters.enter(member)) {
        throw new Problem(429, "Too many readers wait for blocks");
      }
      try {
        range = await(from, Math.min(wait, Protocol.MAX_WAIT.toSeconds()));
      } finally {
        waiters.leave(member);
      }
    }
    if (range.isEmpty()) {
      response.setStatus(204);
      return;
    }
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Protocol.BINARY_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, range.get().length());
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      range.get().writeTo(new LeastSpeed(out, pace.patience(range.get().length())));
    }
  }

  private Optional<BlockRange> await(long from, long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    Optional<BlockRange> range = Optional.empty();
    while (range.isEmpty() && !stopping.get() && System.nanoTime() - deadline < 0) {
      range = ledger.blocks(from, Protocol.MAX_BLOCKS, SLICE);
    }
    return range;
  }

  private static void sendOrNothing(Response response, Optional<Bytes> bytes) throws IOException {
    if (bytes.isEmpty()) {
      response.setStatus(204);
    } else {
      send(response, bytes.get());
    }
  }

  private static void send(Response response, Bytes bytes) throws IOException {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Protocol.BINARY_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length());
    Content.Sink.write(response, true, ByteBuffer.wrap(bytes.toByteArray()));
  }

  private static long number(String name, @Nullable String text) throws Problem {
    if (text == null || !text.matches("\\d{1,18}")) {
      throw new Problem(400, "'%s' must be a number of 0 or more".formatted(name));
    }
    return Long.parseLong(text);
  }
}
