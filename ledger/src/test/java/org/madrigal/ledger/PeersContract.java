package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.MemberId;

/** What every {@link Peers} promises. Each implementation runs it by a subclass. */
@Timeout(60)
public abstract class PeersContract {

  /** The members that can be asked. */
  protected static final MemberId ALPHA = new MemberId("alpha");

  protected static final MemberId BETA = new MemberId("beta");

  private static final Attachment SMALL = attachment(1);
  private static final Attachment LARGE = attachment(1_000_003);

  private static Attachment attachment(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i * 31 + length);
    }
    return Attachment.of(Bytes.takeOver(content));
  }

  /** Peers each of which has the attachments beside its name, all of them named on the ledger. */
  protected abstract Peers open(SortedMap<MemberId, SortedMap<Digest, Attachment>> kept)
      throws Exception;

  private Peers both() throws Exception {
    SortedMap<MemberId, SortedMap<Digest, Attachment>> kept = new TreeMap<>();
    kept.put(ALPHA, new TreeMap<>());
    kept.put(BETA, new TreeMap<>());
    for (Attachment each : new Attachment[] {SMALL, LARGE}) {
      Optional.ofNullable(kept.get(ALPHA)).orElseThrow().put(each.ref().sha256(), each);
    }
    return open(kept);
  }

  @Test
  void givesWhatAMemberHas() throws Exception {
    try (Peers peers = both()) {
      assertThat(peers.members()).containsExactlyInAnyOrder(ALPHA, BETA);
      for (int again = 0; again < 3; again++) {
        assertThat(peers.fetch(ALPHA, SMALL.ref())).contains(SMALL);
        assertThat(peers.fetch(ALPHA, LARGE.ref())).contains(LARGE);
      }
    }
  }

  @Test
  void hasNothingOfWhatAMemberDoesNotHave() throws Exception {
    try (Peers peers = both()) {
      assertThat(peers.fetch(BETA, SMALL.ref())).isEmpty();
      assertThat(peers.fetch(ALPHA, attachment(2).ref())).isEmpty();
    }
  }

  @Test
  void hasNothingOfWhoCannotBeAsked() throws Exception {
    try (Peers peers = both()) {
      assertThat(peers.fetch(new MemberId("nobody"), SMALL.ref())).isEmpty();
    }
  }

  /** A length that is not that of the bytes is no reason to give others. */
  @Test
  void givesNothingUnderAnotherLength() throws Exception {
    try (Peers peers = both()) {
      AttachmentRef longer = new AttachmentRef(SMALL.ref().sha256(), 2);
      Optional<Attachment> found;
      try {
        found = peers.fetch(ALPHA, longer);
      } catch (LedgerException e) {
        assertThat(e.kind()).isEqualTo(LedgerException.Kind.BROKEN);
        found = Optional.empty();
      }
      assertThat(found).isEmpty();
    }
  }
}
