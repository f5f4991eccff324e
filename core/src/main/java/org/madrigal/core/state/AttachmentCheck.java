package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Statement.Vote;

/** Whether a statement came with the attachment that it names, and with no other. */
final class AttachmentCheck {

  private AttachmentCheck() {}

  static Optional<Rejection> of(Statement statement, Optional<Attachment> brought) {
    Optional<AttachmentRef> named =
        switch (statement) {
          case InitialModel s -> Optional.of(s.model());
          case Update s -> Optional.of(s.delta());
          case Founding s -> Optional.empty();
          case Enrolment s -> Optional.empty();
          case Attestation s -> Optional.empty();
          case Vote s -> Optional.empty();
          case Nudge s -> Optional.empty();
          case MaskedUpdate s -> Optional.of(s.masked());
          case SealedUpdate s -> Optional.of(s.sealed());
          case KeyOffer s -> Optional.empty();
          case KeySeal s -> Optional.empty();
          case KeyDeal s -> Optional.empty();
          case Complaint s -> Optional.empty();
          case Commitment s -> Optional.empty();
          case Unmasking s -> Optional.empty();
        };
    if (named.isPresent() != brought.isPresent()) {
      return Optional.of(
          new Rejection(
              Reason.WRONG_ATTACHMENT,
              named.isPresent()
                  ? "the attachment that it names is missing"
                  : "it names no attachment but one came with it"));
    }
    if (named.isPresent() && !named.get().equals(brought.orElseThrow().ref())) {
      return Optional.of(
          new Rejection(
              Reason.WRONG_ATTACHMENT,
              "the attachment is not the %d bytes with SHA-256 %s that it names"
                  .formatted(named.get().length(), named.get().sha256().abbreviated())));
    }
    return Optional.empty();
  }
}
