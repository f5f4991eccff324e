package org.madrigal.ledger.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Origin;

/**
 * How a member reaches the ledger of its federation.
 *
 * @param server such as {@code https://ledger.example.org:8443}; http only for this machine
 * @param federation whose ledger it must be
 * @param orderer the key that must have signed every block
 * @param member who asks
 * @param key the member's key, which signs each request
 * @param folder where the member's copy of the ledger is kept; proofs against the orderer are
 *     written beside it, into a folder with {@code -proofs} after the name
 * @param trust a PEM file with the certificates to trust; null for those of the Java platform
 * @param origin where the ledger begins
 * @param patience how long {@link RemoteLedger#append} goes on trying
 */
public record RemoteLedgerConfig(
    URI server,
    FederationId federation,
    VerifyingKey orderer,
    MemberId member,
    SigningKey key,
    Path folder,
    @Nullable Path trust,
    Origin origin,
    Duration patience) {

  /** The default of {@link #patience}: ten minutes. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Refuses addresses that are not those of a ledger server, and http to other machines. */
  public RemoteLedgerConfig {
    Caller.check("the ledger", server);
  }

  /** The usual patience and the certificates of the Java platform. */
  public static RemoteLedgerConfig of(
      URI server,
      FederationId federation,
      VerifyingKey orderer,
      MemberId member,
      SigningKey key,
      Path folder) {
    return new RemoteLedgerConfig(
        server, federation, orderer, member, key, folder, null, Origin.of(federation), PATIENCE);
  }

  /** The same, trusting the certificates in the PEM file {@code certificates} and no others. */
  public RemoteLedgerConfig trusting(Path certificates) {
    return new RemoteLedgerConfig(
        server, federation, orderer, member, key, folder, certificates, origin, patience);
  }

  /** The same with another patience. */
  public RemoteLedgerConfig patientFor(Duration duration) {
    return new RemoteLedgerConfig(
        server, federation, orderer, member, key, folder, trust, origin, duration);
  }

  /** The same for a ledger that goes on where another one ended. */
  public RemoteLedgerConfig beginningAt(Origin start) {
    return new RemoteLedgerConfig(
        server, federation, orderer, member, key, folder, trust, start, patience);
  }

  /** Where proofs against the orderer are written. */
  public Path proofs() {
    Path absolute = folder.toAbsolutePath();
    return absolute.resolveSibling(absolute.getFileName() + "-proofs");
  }

  /** Who asks whom. */
  Caller caller() {
    return new Caller(server, member, key, trust);
  }
}
