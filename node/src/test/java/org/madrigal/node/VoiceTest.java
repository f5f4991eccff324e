package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

class VoiceTest {

  private static final Charter CHARTER = Charters.plain(3, 2);
  private static final Attachment DATA = Attachment.of(Bytes.takeOver(new byte[5000]));

  @Test
  void keepsDataThatAnotherStatementStillNeeds() {
    Identity identity = new Identity(Charters.id(0), Charters.key(0), CHARTER);
    MemoryDisk disk = new MemoryDisk();
    SigningJournal journal =
        SigningJournal.open(
            disk, MemberFolder.JOURNAL, CHARTER.id(), identity.key().verifyingKey());
    Outbox outbox = new Outbox(disk, MemberFolder.OUTBOX, journal);
    Voice voice = new Voice(identity, disk, journal, outbox, false);
    outbox.put(DATA);
    Said model = say(journal, Slot.initialModel(), "01");
    Said update = say(journal, Slot.update(new RoundId(1)), "02");
    voice.said(model);
    voice.said(update);

    voice.forget(Set.of(update.slot()));
    assertThat(outbox.get(DATA.ref())).contains(DATA);

    voice.forget(Set.of());
    assertThat(outbox.get(DATA.ref())).isEmpty();
  }

  private static Said say(SigningJournal journal, Slot slot, String bytes) {
    return journal.sign(slot, SignedStatement.of(Bytes.ofHex(bytes)), Optional.of(DATA));
  }
}
