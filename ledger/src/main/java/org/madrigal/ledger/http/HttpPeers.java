package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.ledger.Peers;

/**
 * The other members' {@link AttachmentServer}s. No answer may be longer than what was asked for, or
 * take longer than its length allows.
 */
public final class HttpPeers implements Peers {

  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final SortedMap<MemberId, URI> addresses;
  private final MemberId self;
  private final SigningKey key;
  private final @Nullable Path trust;
  private final InstantSource clock;
  private final Pace pace;
  private final ConcurrentHashMap<MemberId, Transport> transports = new ConcurrentHashMap<>();

  private HttpPeers(
      SortedMap<MemberId, URI> addresses,
      MemberId self,
      SigningKey key,
      @Nullable Path trust,
      InstantSource clock,
      Pace pace) {
    this.addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    this.self = self;
    this.key = key;
    this.trust = trust;
    this.clock = clock;
    this.pace = pace;
  }

  /**
   * The members at these addresses, which need not be reachable yet.
   *
   * @param self who asks
   * @param key the key of who asks, which signs each request
   * @param trust a PEM file with the certificates to trust, those of the Java platform without
   * @throws IllegalArgumentException if an address is none, or without TLS to another machine
   */
  public static HttpPeers of(
      SortedMap<MemberId, URI> addresses,
      MemberId self,
      SigningKey key,
      Optional<Path> trust,
      InstantSource clock) {
    return of(addresses, self, key, trust, clock, Pace.USUAL);
  }

  static HttpPeers of(
      SortedMap<MemberId, URI> addresses,
      MemberId self,
      SigningKey key,
      Optional<Path> trust,
      InstantSource clock,
      Pace pace) {
    addresses.forEach((member, address) -> Caller.check("the node of " + member, address));
    return new HttpPeers(addresses, self, key, trust.orElse(null), clock, pace);
  }

  @Override
  public Set<MemberId> members() {
    return addresses.keySet();
  }

  @Override
  public Optional<Attachment> fetch(MemberId from, AttachmentRef attachment)
      throws InterruptedException {
    URI address = addresses.get(from);
    if (address == null || attachment.length() > LONGEST) {
      return Optional.empty();
    }
    Transport transport =
        transports.computeIfAbsent(
            from, any -> new Transport(new Caller(address, self, key, trust), clock, pace));
    try {
      return transport.get(
          Protocol.ATTACHMENTS + attachment.sha256().hex(),
          null,
          Duration.ZERO,
          (body, length) -> read(body, length, attachment));
    } catch (Problem problem) {
      if (problem.status() == 404) {
        return Optional.empty();
      }
      boolean refused = problem.status() == 401 || problem.status() == 403;
      throw new LedgerException(
          refused ? Kind.REFUSED : Kind.UNREACHABLE,
          "the node of '%s' at %s answers %d: %s"
              .formatted(from, address, problem.status(), problem.sentence()));
    } catch (OtherBytes e) {
      throw new LedgerException(
          Kind.BROKEN,
          "the node of '%s' at %s gives other bytes than were asked for (%s)"
              .formatted(from, address, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new LedgerException(
          Kind.UNREACHABLE,
          "the node of '%s' at %s cannot be reached: %s"
              .formatted(from, address, ConnectionFailure.describe(e)),
          e);
    }
  }

  /** Reads no more than was asked for, and believes it only by its digest. */
  private static Attachment read(InputStream body, long length, AttachmentRef wanted)
      throws IOException {
    if (length != wanted.length()) {
      throw new OtherBytes("%d bytes, not %d".formatted(length, wanted.length()));
    }
    byte[] content = body.readNBytes((int) wanted.length());
    if (content.length < wanted.length()) {
      throw new IOException("the answer broke off after %d bytes".formatted(content.length));
    }
    Attachment read = Attachment.of(Bytes.takeOver(content));
    if (!read.ref().equals(wanted)) {
      throw new OtherBytes(
          "SHA-256 %s, not %s"
              .formatted(read.ref().sha256().abbreviated(), wanted.sha256().abbreviated()));
    }
    return read;
  }

  /** The member gave something else. */
  private static final class OtherBytes extends IOException {
    private static final long serialVersionUID = 1L;

    OtherBytes(String message) {
      super(message);
    }
  }

  @Override
  public void close() {
    transports.values().forEach(Transport::close);
    transports.clear();
  }
}
