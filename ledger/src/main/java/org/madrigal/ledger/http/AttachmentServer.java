package org.madrigal.ledger.http;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.LedgerException;

/**
 * Gives the other members the attachments that lie off the ledger, by their digests, see {@link
 * Protocol}. Who is no member is turned away.
 */
public final class AttachmentServer implements AutoCloseable {

  private final MemberServer server;

  private AttachmentServer(MemberServer server) {
    this.server = server;
  }

  /**
   * Begins to serve.
   *
   * @param offered the bytes with a digest, if they are kept and an entry of the ledger names them
   * @param config where to listen
   * @param roster the key of each member; who is not in it is turned away
   * @param clock what signatures' times are compared with
   * @throws LedgerException {@code UNREACHABLE} if the port is in use or cannot be listened on
   */
  public static AttachmentServer start(
      Function<Digest, Optional<Bytes>> offered,
      LedgerServerConfig config,
      Function<MemberId, Optional<VerifyingKey>> roster,
      InstantSource clock) {
    return start(offered, config, roster, clock, Pace.USUAL);
  }

  static AttachmentServer start(
      Function<Digest, Optional<Bytes>> offered,
      LedgerServerConfig config,
      Function<MemberId, Optional<VerifyingKey>> roster,
      InstantSource clock,
      Pace pace) {
    AttachmentEndpoint endpoint = new AttachmentEndpoint(offered, pace);
    return new AttachmentServer(
        MemberServer.start(
            "attachment server",
            config,
            pace,
            connections ->
                new MemberHandler(connections, new Authenticator(roster, clock), endpoint)));
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Where members reach it, if they reach the host by the name that it listens on. */
  public URI uri() {
    return server.uri();
  }

  /** Lets requests finish for a few seconds, and stops. */
  @Override
  public void close() {
    server.close();
  }
}
