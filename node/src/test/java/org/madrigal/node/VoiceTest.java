package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

class VoiceTest {

  private static final Charter CHARTER = Charters.plain(3, 2);
  private static final Attachment DATA = Attachment.of(Bytes.takeOver(new byte[5000]));

  private final Identity identity = new Identity(Charters.id(0), Charters.key(0), CHARTER);
  private final MemoryDisk disk = new MemoryDisk();
  private final SigningJournal journal =
      SigningJournal.open(disk, MemberFolder.JOURNAL, CHARTER.id(), identity.key().verifyingKey());
  private final Outbox outbox = new Outbox(disk, MemberFolder.OUTBOX, journal);

  /** Said before the journal was lost for the second time, and on its way since then. */
  @Test
  void goesOnWhereAnotherKeyOfferArrivesAfterItCameBack() {
    EpochId epoch = new EpochId(4);
    SignedStatement before = offer(epoch, "01");
    Voice voice = new Voice(identity, disk, journal, outbox, true);
    voice.caughtUp(Set.of(Slot.update(new RoundId(1))));
    journal.sign(Slot.keyOffer(epoch), offer(epoch, "02"), Optional.empty());

    assertThat(hear(voice, before)).isEmpty();
  }

  @Test
  void knowsThatItCameBackAlsoWhereNothingWasOpen() {
    EpochId epoch = new EpochId(4);
    new Voice(identity, disk, journal, outbox, true).caughtUp(Set.of());
    Voice voice = new Voice(identity, disk, journal, outbox, false);
    voice.caughtUp(Set.of());
    journal.sign(Slot.keyOffer(epoch), offer(epoch, "02"), Optional.empty());

    assertThat(hear(voice, offer(epoch, "01"))).isEmpty();
  }

  @Test
  void stopsAtAnotherKeyOfferWhereItNeverLostItsJournal() {
    EpochId epoch = new EpochId(4);
    Voice voice = new Voice(identity, disk, journal, outbox, false);
    voice.caughtUp(Set.of());
    journal.sign(Slot.keyOffer(epoch), offer(epoch, "02"), Optional.empty());

    assertThat(hear(voice, offer(epoch, "01"))).containsInstanceOf(Ending.UnknownVoice.class);
  }

  /** Said before the journal was lost, and on its way since then. */
  @Test
  void goesOnWhereItsInitialModelFromBeforeArrives() {
    Voice voice = cameBackAndBrought(DATA);

    assertThat(hear(voice, initialModel(1, DATA))).isEmpty();
    assertThat(hear(voice, initialModel(2, DATA))).isEmpty();
    assertThat(voice.unread(Slot.initialModel())).isEmpty();
  }

  @Test
  void stopsAtAnotherInitialModelThanTheOneItBrought() {
    Attachment other = Attachment.of(Bytes.takeOver(new byte[4996]));

    assertThat(hear(cameBackAndBrought(DATA), initialModel(1, other)))
        .containsInstanceOf(Ending.UnknownVoice.class);
  }

  @Test
  void adoptsTheFirstOfTwoInitialModelsThatSayTheSame() {
    Voice voice = new Voice(identity, disk, journal, outbox, true);

    assertThat(hear(voice, initialModel(1, DATA))).isEmpty();
    assertThat(hear(voice, initialModel(2, DATA))).isEmpty();
    assertThat(((Said) journal.find(Slot.initialModel()).orElseThrow()).statement())
        .isEqualTo(initialModel(1, DATA));
  }

  private Voice cameBackAndBrought(Attachment model) {
    Voice voice = new Voice(identity, disk, journal, outbox, true);
    voice.caughtUp(Set.of());
    outbox.put(model);
    voice.said(journal.sign(Slot.initialModel(), initialModel(2, model), Optional.of(model)));
    return voice;
  }

  private SignedStatement initialModel(int seen, Attachment model) {
    Head head = new Head(new Position(seen), CHARTER.id().digest());
    return StatementCodec.sign(
        identity.member(),
        new Payload(CHARTER.id(), head, new Statement.InitialModel(model.ref())),
        identity.key());
  }

  private SignedStatement offer(EpochId epoch, String key) {
    return StatementCodec.sign(
        identity.member(),
        new Payload(
            CHARTER.id(),
            Head.genesis(CHARTER.id()),
            new Statement.KeyOffer(epoch, Bytes.ofHex(key))),
        identity.key());
  }

  private static Optional<Ending> hear(Voice voice, SignedStatement statement) {
    Entry entry = new Entry(Position.FIRST, new LedgerTime(0), statement, Optional.empty());
    return voice.hear(
        entry,
        new Outcome(
            State.initial(CHARTER.id()),
            new Verdict.Applied(),
            Optional.of(TestFederation.decode(entry)),
            List.of()));
  }

  @Test
  void keepsDataThatAnotherStatementStillNeeds() {
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

  /** Somebody saw the statement on its way and gave it to the ledger first: it is not said yet. */
  @Test
  void hasNotSpokenWhereSomebodyElseGaveItsWordToTheLedger() {
    Identity identity = new Identity(Charters.id(0), Charters.key(0), CHARTER);
    MemoryDisk disk = new MemoryDisk();
    SigningJournal journal =
        SigningJournal.open(
            disk, MemberFolder.JOURNAL, CHARTER.id(), identity.key().verifyingKey());
    Outbox outbox = new Outbox(disk, MemberFolder.OUTBOX, journal);
    Voice voice = new Voice(identity, disk, journal, outbox, false);
    Said said =
        new Signer(identity, journal, outbox, Shelf.open(disk, "attachments"))
            .sign(Head.genesis(CHARTER.id()), Draft.of(new Statement.Founding(CHARTER)));
    voice.said(said);

    assertThat(voice.hear(entry(said, Charters.id(1)), judged(said, Charters.id(1)))).isEmpty();
    assertThat(voice.unread(said.slot())).contains(said);

    assertThat(voice.hear(entry(said, Charters.id(0)), judged(said, Charters.id(0)))).isEmpty();
    assertThat(voice.unread(said.slot())).isEmpty();
  }

  private static Outcome judged(Said said, MemberId giver) {
    return Replay.apply(State.initial(CHARTER.id()), entry(said, giver));
  }

  private static Entry entry(Said said, MemberId giver) {
    return new Entry(
        Position.FIRST,
        new LedgerTime(1),
        said.statement(),
        Optional.empty(),
        Optional.of(
            new Claims(
                "evm", giver, Head.genesis(CHARTER.id()), Optional.empty(), Optional.empty())));
  }

  private static Said say(SigningJournal journal, Slot slot, String bytes) {
    return journal.sign(slot, SignedStatement.of(Bytes.ofHex(bytes)), Optional.of(DATA));
  }
}
