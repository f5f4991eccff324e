package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.ChiSquare;
import org.madrigal.core.crypto.Interpolation;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.secagg.Dealing;
import org.madrigal.core.secagg.MaskContext;
import org.madrigal.core.secagg.Recovery;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.ShareKind;
import org.madrigal.core.secagg.ShareOpening;
import org.madrigal.core.secagg.Unmasker;
import org.madrigal.core.state.MaskedCoding;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.Stage;

/** What can be learned from the ledger: by a stranger, and by colluders with all they know. */
final class LedgerViewTest {

  private static final int PARAMETERS = 4096;

  private static Charter charter(Privacy privacy, int members) {
    Charter small =
        Charters.secret(privacy, members, new Training(1, new Strategy.FedAvg(), 1), 20, 10);
    return Charters.of(members, small.training(), small.rules(), Charters.linear(PARAMETERS));
  }

  private static Parameters constant(float value) {
    float[] all = new float[PARAMETERS];
    java.util.Arrays.fill(all, value);
    return Parameters.of(all);
  }

  private static Circle learned(Privacy privacy, int members, float value) {
    return new Circle(charter(privacy, members)).inputs((member, round) -> constant(value));
  }

  private static List<Bytes> attachments(Circle circle) {
    List<Bytes> found = new ArrayList<>();
    for (Entry entry : circle.entries()) {
      var statement = Said.envelope(entry).payload().statement();
      if (statement instanceof MaskedUpdate || statement instanceof SealedUpdate) {
        found.add(entry.attachment().orElseThrow().content());
      }
    }
    return found;
  }

  private static double chiSquare(Bytes bytes) {
    int[] counts = new int[256];
    for (byte each : bytes.toByteArray()) {
      counts[Byte.toUnsignedInt(each)]++;
    }
    return ChiSquare.of(counts);
  }

  @Test
  void updatesOnTheLedgerLookUniformWhateverTheyHold() {
    for (float value : new float[] {0, 3.5f, -4}) {
      for (Privacy privacy : new Privacy[] {Privacy.MASKED, Privacy.MEMBERS}) {
        List<Bytes> seen = attachments(learned(privacy, 4, value).finish());
        assertThat(seen).hasSize(4);
        assertThat(seen).allSatisfy(bytes -> assertThat(chiSquare(bytes)).isBetween(170.0, 350.0));
      }
    }
  }

  /** The residue that a stranger computes from an opened slot is uniform as well. */
  @Test
  void sumOfTheUpdatesOnTheLedgerLooksUniform() {
    Charter charter = charter(Privacy.MASKED, 4);
    MaskedCoding coding = new MaskedCoding(charter);
    RingVector sum = RingVector.zero(coding.ring(), coding.length());
    for (Bytes bytes : attachments(learned(Privacy.MASKED, 4, 1).finish())) {
      sum = sum.plus(RingVector.unpack(coding.ring(), bytes, coding.length()).orElseThrow());
    }

    assertThat(chiSquare(sum.pack())).isBetween(170.0, 350.0);
  }

  @Test
  void equalUpdatesOfTwoMembersAreUnlike() {
    List<Bytes> seen = attachments(learned(Privacy.MASKED, 4, 2).finish());
    byte[] one = seen.get(0).toByteArray();
    byte[] other = seen.get(1).toByteArray();
    for (int i = 0; i < one.length; i++) {
      one[i] ^= other[i];
    }

    assertThat(chiSquare(Bytes.takeOver(one))).isBetween(170.0, 350.0);
  }

  @Test
  void strangersLearnNoModel() {
    Circle circle = learned(Privacy.MASKED, 4, 2).finish();

    assertThat(((org.madrigal.core.state.Phase.Closed) circle.phase()).model())
        .isInstanceOf(ModelState.Closed.class);
  }

  /**
   * Of five members t - 1 = 3 put all secrets together before anybody unmasks, take their own masks
   * from the victim's update, and what is left is still uniform; their shares of either secret fit
   * every value of it.
   */
  @Test
  void colludersBelowTheThresholdLearnNothingOfAnUpdate() {
    Circle circle = learned(Privacy.MASKED, 5, 3);
    circle.withhold((member, duty) -> duty instanceof Duty.Unmask).until(Stage.Unmasking.class);
    Stage.Unmasking stage = (Stage.Unmasking) circle.stage();
    MemberId victim = Charters.id(4);
    List<MemberId> colluders = List.of(Charters.id(0), Charters.id(1), Charters.id(2));
    Charter charter = charter(Privacy.MASKED, 5);
    MaskedCoding coding = new MaskedCoding(charter);
    MaskContext context =
        coding.context(
            stage.plan(), new SlotTask.Training(circle.confidential().round()), stage.model());
    Unmasker unmasker = new Unmasker(context, coding.length());
    for (Entry entry : circle.entries()) {
      if (Said.envelope(entry).author().equals(victim)
          && Said.envelope(entry).payload().statement() instanceof MaskedUpdate) {
        unmasker.add(
            RingVector.unpack(
                    coding.ring(), entry.attachment().orElseThrow().content(), coding.length())
                .orElseThrow());
      }
    }
    Dealing dealing = stage.plan().dealing(victim);
    List<Share> self = new ArrayList<>();
    List<Share> recovery = new ArrayList<>();
    for (MemberId colluder : colluders) {
      SlotSecrets secrets =
          circle.secrets(colluder, EpochId.FIRST).slot(SlotNumber.FIRST).orElseThrow();
      SlotSecrets.Pair pair = secrets.pair(victim).orElseThrow();
      int index = stage.plan().roster().indexOf(colluder);
      unmasker.removePair(
          stage.plan().roster().indexOf(victim), index, pair.maskSeed().orElseThrow());
      ShareOpening.Opened opened =
          (ShareOpening.Opened) dealing.open(index, pair.back().orElseThrow());
      self.add(opened.selfSeed());
      recovery.add(opened.recoveryKey());
    }

    assertThat(chiSquare(unmasker.sum().pack())).isBetween(170.0, 350.0);
    for (ShareKind kind : ShareKind.values()) {
      List<Share> shares = kind == ShareKind.SELF_SEED ? self : recovery;
      Interpolation points = Interpolation.at(shares.stream().map(Share::index).toList());
      assertThat(dealing.recover(kind, points, shares))
          .as("three shares are not enough")
          .isInstanceOf(Recovery.DealerGuilty.class);
      fitsEverySecret(stage, dealing, kind, shares);
    }
  }

  /** Whatever secret one assumes, there is a fourth share with which the three give it. */
  private static void fitsEverySecret(
      Stage.Unmasking stage, Dealing dealing, ShareKind kind, List<Share> three) {
    int fourth = stage.plan().roster().indexOf(Charters.id(3));
    for (int assumed = 0; assumed < 3; assumed++) {
      Secret secret = Secret.copyOf(constantBytes(assumed));
      List<Share> points = new ArrayList<>(three);
      points.add(new Share(9, secret));
      List<Integer> shifted = new ArrayList<>();
      for (Share point : points) {
        shifted.add((point.index() == 9 ? 0 : point.index()) ^ fourth);
      }
      List<Share> moved = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        moved.add(new Share(shifted.get(i), points.get(i).value()));
      }
      Share completed = new Share(fourth, Interpolation.at(shifted).combine(moved));
      List<Share> four = new ArrayList<>(three);
      four.add(completed);
      assertThat(Interpolation.at(four.stream().map(Share::index).toList()).combine(four).expose())
          .isEqualTo(secret.expose());
      assertThat(dealing.verify(kind, completed)).isEqualTo(Verification.FORGED);
    }
  }

  private static byte[] constantBytes(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
