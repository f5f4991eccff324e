package org.madrigal.ledger.http;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.LedgerException;

/**
 * Offers a {@link FileLedger} to members on other machines, see {@link Protocol}. It does not own
 * the ledger.
 */
public final class LedgerServer implements AutoCloseable {

  private final MemberServer server;
  private final AtomicBoolean stopping;

  private LedgerServer(MemberServer server, AtomicBoolean stopping) {
    this.server = server;
    this.stopping = stopping;
  }

  /**
   * Begins to serve.
   *
   * @param ledger what to serve
   * @param config where to listen
   * @param admission what may come onto the ledger
   * @param roster the key of each member; who is not in it is turned away
   * @param clock what signatures' times are compared with
   * @throws LedgerException {@code UNREACHABLE} if the port is in use or cannot be listened on
   */
  public static LedgerServer start(
      FileLedger ledger,
      LedgerServerConfig config,
      Admission admission,
      Function<MemberId, Optional<VerifyingKey>> roster,
      InstantSource clock) {
    return start(ledger, config, admission, roster, clock, Pace.USUAL);
  }

  static LedgerServer start(
      FileLedger ledger,
      LedgerServerConfig config,
      Admission admission,
      Function<MemberId, Optional<VerifyingKey>> roster,
      InstantSource clock,
      Pace pace) {
    AtomicBoolean stopping = new AtomicBoolean();
    AppendEndpoint append = new AppendEndpoint(ledger, admission, config.maxBody(), pace);
    ReadEndpoint read = new ReadEndpoint(ledger, new Waiters(config.maxWaiting()), pace, stopping);
    MemberServer server =
        MemberServer.start(
            "ledger server",
            config,
            pace,
            connections ->
                new MemberHandler(
                    connections, new Authenticator(roster, clock), endpoint(append, read)));
    return new LedgerServer(server, stopping);
  }

  private static MemberHandler.Endpoint endpoint(AppendEndpoint append, ReadEndpoint read) {
    return (member, request, response) -> {
      String path = String.valueOf(request.getHttpURI().getPath());
      String method = request.getMethod();
      if (method.equals("POST") && path.equals(Protocol.STATEMENTS)) {
        append.handle(member, request);
        response.setStatus(204);
      } else if (method.equals("GET")) {
        read.handle(member, request, response);
      } else {
        throw new Problem(405, "'%s' cannot be done with '%s'".formatted(method, path));
      }
    };
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Where members reach it, if they reach the host by the name that it listens on. */
  public URI uri() {
    return server.uri();
  }

  /** Ends waiting readers, lets requests finish for a few seconds, and stops. */
  @Override
  public void close() {
    stopping.set(true);
    server.close();
  }
}
