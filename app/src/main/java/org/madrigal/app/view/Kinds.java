package org.madrigal.app.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;

/** What statements are called on the command line, and which round they speak of. */
public final class Kinds {

  /** What stands for the kind where the bytes are no statement. */
  public static final String UNREADABLE = "unreadable";

  /** Every name of a kind. */
  public static final List<String> NAMES =
      List.of(
          "founding",
          "enrolment",
          "initial-model",
          "update",
          "attestation",
          "vote",
          "nudge",
          "key-offer",
          "key-seal",
          "key-deal",
          "complaint",
          "commitment",
          "masked-update",
          "unmasking",
          "sealed-update",
          "receipt",
          UNREADABLE);

  private Kinds() {}

  /** The name of a kind, such as {@code update}. */
  public static String name(Statement statement) {
    return switch (statement) {
      case Statement.Founding s -> "founding";
      case Statement.Enrolment s -> "enrolment";
      case Statement.InitialModel s -> "initial-model";
      case Statement.Update s -> "update";
      case Statement.Attestation s -> "attestation";
      case Statement.Vote s -> "vote";
      case Statement.Nudge s -> "nudge";
      case Statement.KeyOffer s -> "key-offer";
      case Statement.KeySeal s -> "key-seal";
      case Statement.KeyDeal s -> "key-deal";
      case Statement.Complaint s -> "complaint";
      case Statement.Commitment s -> "commitment";
      case Statement.MaskedUpdate s -> "masked-update";
      case Statement.Unmasking s -> "unmasking";
      case Statement.SealedUpdate s -> "sealed-update";
      case Statement.Receipt s -> "receipt";
    };
  }

  /** The round that it belongs to, if to any. */
  public static Optional<RoundId> round(Statement statement) {
    return switch (statement) {
      case Statement.InitialModel s -> Optional.of(RoundId.INITIAL);
      case Statement.Update s -> Optional.of(s.round());
      case Statement.Attestation s -> Optional.of(s.round());
      case Statement.MaskedUpdate s -> Optional.of(s.round());
      case Statement.SealedUpdate s -> Optional.of(s.round());
      case Statement.Founding s -> Optional.empty();
      case Statement.Enrolment s -> Optional.empty();
      case Statement.Vote s -> Optional.empty();
      case Statement.Nudge s -> Optional.empty();
      case Statement.KeyOffer s -> Optional.empty();
      case Statement.KeySeal s -> Optional.empty();
      case Statement.KeyDeal s -> Optional.empty();
      case Statement.Complaint s -> Optional.empty();
      case Statement.Commitment s -> Optional.empty();
      case Statement.Unmasking s -> Optional.empty();
      case Statement.Receipt s -> Optional.empty();
    };
  }

  /** What it says, in a few words. */
  public static String words(Statement statement) {
    return switch (statement) {
      case Statement.Founding s -> "charter '%s'".formatted(s.charter().name());
      case Statement.Enrolment s -> "for " + s.ledger();
      case Statement.InitialModel s -> "model " + s.model().sha256().abbreviated();
      case Statement.Update s ->
          "from model %s, %d bytes".formatted(s.model().abbreviated(), s.delta().length());
      case Statement.Attestation s -> "model " + s.model().abbreviated();
      case Statement.Vote s -> "against %s: %s".formatted(s.member(), s.reason());
      case Statement.Nudge s -> "past " + s.deadline();
      case Statement.KeyOffer s -> "a public key for key epoch " + s.epoch();
      case Statement.KeySeal s ->
          "%d encapsulations for key epoch %s".formatted(s.ciphertexts().size(), s.epoch());
      case Statement.KeyDeal s ->
          "the key %s of key epoch %s in %d boxes"
              .formatted(s.key().abbreviated(), s.epoch(), s.boxes().size());
      case Statement.Complaint s ->
          "cannot read the key %s of key epoch %s".formatted(s.key().abbreviated(), s.epoch());
      case Statement.Commitment s ->
          "slot %s of key epoch %s, shares for %d members"
              .formatted(s.slot(), s.epoch(), s.hashes().size());
      case Statement.MaskedUpdate s ->
          "slot %s, from model %s, %d masked bytes"
              .formatted(s.slot(), s.model().abbreviated(), s.masked().length());
      case Statement.Unmasking s ->
          "slot %s, shares towards the sum of the masked updates".formatted(s.slot());
      case Statement.SealedUpdate s ->
          "from model %s, %d encrypted bytes"
              .formatted(s.model().abbreviated(), s.sealed().length());
      case Statement.Receipt s ->
          "holds what is named at %s"
              .formatted(
                  s.attachments().stream()
                      .map(held -> held.position().toString())
                      .collect(Collectors.joining(", ")));
    };
  }
}
