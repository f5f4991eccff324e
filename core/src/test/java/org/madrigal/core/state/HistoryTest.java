package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

final class HistoryTest {

  private static final FederationId FEDERATION = new FederationId(Digest.of(new byte[] {7}));
  private static final SignedStatement STATEMENT = SignedStatement.of(Bytes.ofHex("00"));

  @Test
  void acceptsEveryHeadOfItsWindowAndTheBeginning() {
    List<Head> heads = heads(3 * 256 + 5);
    History history = history(heads.size() - 1);
    for (Head head : heads) {
      assertThat(history.check(head)).as("%s", head.position()).isEmpty();
    }
  }

  @Test
  void refusesAForeignHashAtEveryPosition() {
    History history = history(600);
    for (long position : new long[] {0, 1, 255, 256, 257, 511, 512, 599, 600}) {
      Head foreign = new Head(new Position(position), Digest.of(new byte[] {1}));
      assertThat(history.check(foreign).orElseThrow().reason())
          .as("%d", position)
          .isEqualTo(Reason.FOREIGN_SEEN);
    }
  }

  @Test
  void forgetsWhatIsOlderThanTheWindowButNeverTheBeginning() {
    int length = History.WINDOW + 2_000;
    List<Head> heads = heads(length);
    History history = history(length);

    assertThat(history.check(heads.getFirst())).isEmpty();
    assertThat(history.check(heads.get(1)).orElseThrow().reason()).isEqualTo(Reason.STALE_SEEN);
    assertThat(history.check(heads.get(2_000 + 512))).isEmpty();
    assertThat(history.check(heads.get(length - 1))).isEmpty();
    assertThat(history.head()).isEqualTo(next(heads.get(length - 1), length - 1));
  }

  @Test
  void isAValue() {
    History history = history(300);
    Head head = history.head();
    Optional<Rejection> before = history.check(next(head, 300));
    history.after(STATEMENT, new LedgerTime(300));
    assertThat(history.head()).isEqualTo(head);
    assertThat(history.check(next(head, 300))).isEqualTo(before);
  }

  /** The heads before entry 0, 1, ..., {@code count} - 1. */
  private static List<Head> heads(int count) {
    List<Head> heads = new ArrayList<>();
    heads.add(Head.genesis(FEDERATION));
    while (heads.size() < count) {
      heads.add(next(heads.getLast(), heads.size() - 1));
    }
    return heads;
  }

  private static Head next(Head head, int index) {
    return head.after(STATEMENT, new LedgerTime(index));
  }

  private static History history(int length) {
    History history = History.of(FEDERATION);
    for (int i = 0; i < length; i++) {
      history = history.after(STATEMENT, new LedgerTime(i));
    }
    return history;
  }
}
