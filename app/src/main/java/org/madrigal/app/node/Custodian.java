package org.madrigal.app.node;

import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.AttachmentsSection;
import org.madrigal.app.config.MemberFile;
import org.madrigal.core.protocol.Member;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.Peers;
import org.madrigal.ledger.http.AttachmentServer;
import org.madrigal.ledger.http.HttpPeers;
import org.madrigal.ledger.http.LedgerServerConfig;
import org.madrigal.ledger.http.Tls;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.attachment.Keeping;
import org.madrigal.node.attachment.Shelf;

/**
 * What a member's node does with attachments off the ledger: it gives them to the others and gets
 * theirs, where the charter keeps any off it.
 *
 * @param keeping where they are kept, and whom it asks
 * @param server gives them to the others
 */
record Custodian(Keeping keeping, Optional<AttachmentServer> server) implements AutoCloseable {

  /**
   * Begins to serve, if the charter asks for it.
   *
   * @throws Failure if the settings lack what the charter asks for, or the address is in use
   */
  static Custodian open(MemberFile file, Identity identity, MemberFolder folder) {
    Shelf shelf = folder.shelf();
    if (identity.charter().rules().custody().isEmpty()) {
      return new Custodian(new Keeping(shelf, Peers.NONE), Optional.empty());
    }
    AttachmentsSection settings = settings(file);
    try {
      Peers peers = peers(file, settings, identity);
      return new Custodian(
          new Keeping(shelf, peers), Optional.of(serve(settings, identity, shelf)));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "%s: %s.".formatted(file.folder().resolve(MemberFile.NAME), e.getMessage()),
          e);
    } catch (LedgerException e) {
      throw new Failure(ExitCode.ADDRESS_IN_USE, e.getMessage() + ".", e);
    }
  }

  /** What the settings say, which they must. */
  static AttachmentsSection settings(MemberFile file) {
    return file.attachments()
        .orElseThrow(() ->
            new Failure(
                ExitCode.BAD_INPUT,
                "%s: the charter keeps attachments off the ledger; say under 'attachments' where this node gives them to the others (serve) and where they do (peers)."
                    .formatted(file.folder().resolve(MemberFile.NAME))));
  }

  /** The nodes of the others, none of which need be there. */
  static HttpPeers peers(MemberFile file, AttachmentsSection settings, Identity identity) {
    settings
        .peers()
        .keySet()
        .forEach(peer -> {
          if (identity.charter().member(peer).isEmpty()) {
            throw new IllegalArgumentException(
                "attachments.peers names '%s', which the charter does not".formatted(peer));
          }
        });
    return HttpPeers.of(
        settings.peers(),
        identity.member(),
        identity.key(),
        settings.trust(),
        InstantSource.system());
  }

  private static AttachmentServer serve(
      AttachmentsSection settings, Identity identity, Shelf shelf) {
    @Nullable Tls tls =
        settings.identity().map(own -> Tls.pem(own.certificate(), own.key())).orElse(null);
    return AttachmentServer.start(
        shelf::offered,
        LedgerServerConfig.of(settings.serve().host(), settings.serve().port(), tls),
        id -> identity.charter().member(id).map(Member::key),
        InstantSource.system());
  }

  @Override
  public void close() {
    server.ifPresent(AttachmentServer::close);
    keeping.peers().close();
  }
}
