package org.madrigal.ledger.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Head;
import org.madrigal.ledger.Equivocation;
import org.madrigal.ledger.ForkException;
import org.madrigal.ledger.LedgerCopy;
import org.madrigal.ledger.SignedHead;

/** Compares the orderer's history with the member's copy, and keeps the proof if they differ. */
final class ForkCheck {

  private final RemoteLedgerConfig config;
  private final LedgerCopy copy;
  private final Transport transport;

  ForkCheck(RemoteLedgerConfig config, LedgerCopy copy, Transport transport) {
    this.config = config;
    this.copy = copy;
    this.transport = transport;
  }

  /**
   * Returns if the orderer's history begins with all that is in the copy.
   *
   * @throws ForkException if it does not
   */
  void check() throws IOException, InterruptedException, Problem {
    Optional<SignedHead> ours = copy.head();
    if (ours.isEmpty()) {
      return;
    }
    Optional<SignedHead> theirs = at(ours.get().height());
    if (theirs.isPresent()) {
      compare(ours.get(), theirs.get());
    } else {
      shorter(ours.get());
    }
  }

  private Optional<SignedHead> at(long height) throws IOException, InterruptedException, Problem {
    try {
      return head(Protocol.HEADS + height);
    } catch (Problem problem) {
      if (problem.status() == 404) {
        return Optional.empty();
      }
      throw problem;
    }
  }

  private Optional<SignedHead> head(String path) throws IOException, InterruptedException, Problem {
    Optional<Bytes> bytes = transport.get(path);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    return switch (SignedHead.decode(bytes.get())) {
      case Decoding.Decoded<SignedHead>(SignedHead head)
          when head.verify(config.orderer()) == Verification.GENUINE
              && head.federation().equals(config.federation()) ->
          Optional.of(head);
      case Decoding.Decoded<SignedHead> foreign ->
          throw new IOException("the server shows a head that the orderer did not sign");
      case Decoding.Malformed<SignedHead>(String reason) -> throw new IOException(reason);
    };
  }

  private void compare(SignedHead ours, SignedHead theirs) {
    Optional<Equivocation> proof = Equivocation.of(config.orderer(), ours, theirs);
    if (proof.isEmpty()) {
      return;
    }
    Path file = config.proofs().resolve("equivocation-%d.txt".formatted(ours.height()));
    Optional<IOException> failure = keep(proof.get(), file);
    String advice =
        failure.isEmpty()
            ? "show the proof '%s' to the other members".formatted(file)
            : "make room for the proof '%s', which could not be written (%s), and start again"
                .formatted(file, failure.get());
    throw new ForkException(
        "The orderer %s has signed two histories: %s, which this member keeps in '%s', and %s; %s"
            .formatted(
                config.orderer().text(), ours.head(), config.folder(), theirs.head(), advice),
        ours.head(),
        theirs.head(),
        failure.isEmpty() ? Optional.of(file) : Optional.empty());
  }

  private void shorter(SignedHead ours) throws IOException, InterruptedException, Problem {
    Optional<SignedHead> theirs = head(Protocol.HEAD);
    if (theirs.isPresent()) {
      if (theirs.get().height() >= ours.height()) {
        return;
      }
      Optional<SignedHead> same = copy.headAt(theirs.get().height());
      if (same.isPresent()) {
        compare(same.get(), theirs.get());
      }
    }
    Head head = theirs.map(SignedHead::head).orElse(config.origin().head());
    throw new ForkException(
        ("The orderer %s shows a shorter history than before: %s instead of %s, which this member "
                + "keeps in '%s'; the orderer must go on from a member's copy")
            .formatted(config.orderer().text(), head, ours.head(), config.folder()),
        ours.head(),
        head,
        Optional.empty());
  }

  /** Writes the proof so that it is there whole or not at all; says why, if it is not. */
  private Optional<IOException> keep(Equivocation proof, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(config.proofs());
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer text = ByteBuffer.wrap(proof.text().getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel names = FileChannel.open(config.proofs(), StandardOpenOption.READ)) {
        names.force(true);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
