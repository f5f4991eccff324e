package org.madrigal.simulation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Strip;

/** Turns what an honest member would say into what an adversary says instead. */
final class Alteration {

  private final SortedSet<Trick> tricks;
  private final Chance chance;

  /**
   * What is said, with the data that it names.
   *
   * @param statement the statement
   * @param attachment the data
   */
  record Said(Statement statement, Optional<Attachment> attachment) {
    Said with(Statement other) {
      return new Said(other, attachment);
    }
  }

  Alteration(SortedSet<Trick> tricks, Chance chance) {
    this.tricks = tricks;
    this.chance = chance;
  }

  /**
   * Something else in its place; the same where the tricks have no use for it.
   *
   * @param key the digest of the epoch key, where there is one to complain about
   */
  Said of(Said said, Optional<Digest> key) {
    return switch (said.statement()) {
      case KeyOffer s when has(Trick.GARBLED_KEYS) ->
          said.with(new KeyOffer(s.epoch(), flipped(s.key())));
      case KeySeal s when has(Trick.GARBLED_KEYS) ->
          said.with(new KeySeal(s.epoch(), s.offers(), flipped(s.ciphertexts())));
      case KeyDeal s when has(Trick.GARBLED_KEYS) ->
          said.with(
              chance.once(0.7)
                  ? new KeyDeal(s.epoch(), s.attempt(), s.key(), flipped(s.boxes()), s.past())
                  : new KeyDeal(s.epoch(), s.attempt(), s.key(), s.boxes(), flipped(s.past())));
      case Commitment s when has(Trick.GARBLED_COMMITMENT) -> said.with(flipped(s));
      case Commitment s when has(Trick.FALSE_COMPLAINTS) && key.isPresent() ->
          said.with(new Complaint(s.epoch(), key.get()));
      case MaskedUpdate s when has(Trick.GARBAGE) -> {
        Attachment noise = noise(said);
        yield new Said(
            new MaskedUpdate(s.slot(), s.round(), s.commitments(), s.model(), noise.ref()),
            Optional.of(noise));
      }
      case MaskedUpdate s when has(Trick.OTHER_MODEL) ->
          said.with(new MaskedUpdate(s.slot(), s.round(), s.commitments(), other(), s.masked()));
      case SealedUpdate s when has(Trick.GARBAGE) -> {
        Attachment noise = noise(said);
        yield new Said(
            new SealedUpdate(s.round(), s.key(), s.model(), noise.ref()), Optional.of(noise));
      }
      case SealedUpdate s when has(Trick.OTHER_MODEL) ->
          said.with(new SealedUpdate(s.round(), s.key(), other(), s.sealed()));
      case Update s when has(Trick.GARBAGE) -> {
        Attachment noise = numbers(said);
        yield new Said(
            new Update(s.round(), s.model(), noise.ref(), s.metrics()), Optional.of(noise));
      }
      case Update s when has(Trick.OTHER_MODEL) ->
          said.with(new Update(s.round(), other(), s.delta(), s.metrics()));
      case Attestation s when has(Trick.OTHER_MODEL) ->
          said.with(new Attestation(s.round(), other(), s.metrics()));
      case Unmasking s when has(Trick.BAD_SHARES) || has(Trick.FALSE_COMPLAINTS) ->
          said.with(flipped(s));
      case Statement s when has(Trick.WRONG_ATTACHMENTS) -> wrongAttachment(said);
      case Statement s -> said;
    };
  }

  private boolean has(Trick trick) {
    return tricks.contains(trick);
  }

  private Said wrongAttachment(Said said) {
    return new Said(
        said.statement(),
        said.attachment().isPresent() && chance.once(0.5)
            ? Optional.empty()
            : Optional.of(Attachment.of(drawn(chance.between(1, 5000)))));
  }

  private Commitment flipped(Commitment s) {
    int which = chance.below(6);
    return new Commitment(
        s.epoch(),
        s.slot(),
        which == 0 ? other() : s.self(),
        which == 1 ? other() : s.recovery(),
        which == 2 ? flipped(s.capsule()) : s.capsule(),
        which == 3 ? flipped(s.hashes()) : s.hashes(),
        which == 4 ? flipped(s.boxes()) : s.boxes(),
        which == 5 ? flipped(s.marks()) : s.marks());
  }

  private Unmasking flipped(Unmasking s) {
    if (s.releases().isEmpty()) {
      return s;
    }
    List<Release> releases = new ArrayList<>(s.releases());
    releases.set(
        chance.below(releases.size()),
        has(Trick.BAD_SHARES) && (chance.once(0.5) || !has(Trick.FALSE_COMPLAINTS))
            ? new Release.OfShare(drawn(Release.LENGTH))
            : new Release.Complaint(drawn(Release.LENGTH)));
    return new Unmasking(s.slot(), s.updates(), releases);
  }

  private Attachment noise(Said said) {
    return Attachment.of(drawn(said.attachment().orElseThrow().content().length()));
  }

  /** Numbers of which some are out of bound, or none. */
  private Attachment numbers(Said said) {
    ByteBuffer numbers =
        ByteBuffer.allocate(said.attachment().orElseThrow().content().length())
            .order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.remaining() >= Float.BYTES) {
      numbers.putFloat(
          chance.one(List.of(0f, 1f, -4f, 5f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY)));
    }
    return Attachment.of(Bytes.takeOver(numbers.array()));
  }

  private Digest other() {
    return Digest.of(drawn(8));
  }

  private Strip flipped(Strip strip) {
    return strip.size() == 0 ? strip : new Strip(flipped(strip.bytes()), strip.width());
  }

  private Bytes flipped(Bytes bytes) {
    if (bytes.length() == 0) {
      return bytes;
    }
    byte[] flipped = bytes.toByteArray();
    flipped[chance.below(flipped.length)] ^= (byte) (1 << chance.below(Byte.SIZE));
    return Bytes.takeOver(flipped);
  }

  /** Bytes by chance. */
  Bytes drawn(int length) {
    byte[] drawn = new byte[length];
    chance.generator().nextBytes(drawn);
    return Bytes.takeOver(drawn);
  }
}
