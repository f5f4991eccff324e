package org.madrigal.app.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.ledger.LedgerException;
import org.madrigal.node.disk.NodeException;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.data.DataException;

/** Says of every exception that a command may end with what it means for people. */
public final class Failures {

  private Failures() {}

  /** The failure behind {@code exception}, or nothing where it is a defect of ours. */
  public static Optional<Failure> of(Throwable exception) {
    return switch (exception) {
      case Failure failure -> Optional.of(failure);
      case YamlException e -> failure(ExitCode.BAD_INPUT, e);
      case LedgerException e -> failure(ledger(e.kind()), e);
      case NodeException e -> failure(node(e.kind()), e);
      case DataException e -> failure(ExitCode.BAD_INPUT, e);
      case TrainerException e -> failure(ExitCode.TRAINING, e);
      case UncheckedIOException e -> of(Objects.requireNonNull(e.getCause()));
      case IOException e -> Optional.of(inputOutput(e));
      case InterruptedException e ->
          Optional.of(new Failure(ExitCode.INTERRUPTED, "Interrupted.", e));
      default -> Optional.empty();
    };
  }

  private static ExitCode ledger(LedgerException.Kind kind) {
    return switch (kind) {
      case LOCKED -> ExitCode.LOCKED;
      case FULL -> ExitCode.STORAGE;
      case BROKEN -> ExitCode.BROKEN;
      case FOREIGN -> ExitCode.BAD_INPUT;
      case UNREACHABLE -> ExitCode.UNREACHABLE;
      case REFUSED -> ExitCode.REFUSED;
      case FORKED -> ExitCode.FORK;
      case CLOSED -> ExitCode.BUG;
    };
  }

  private static ExitCode node(NodeException.Kind kind) {
    return switch (kind) {
      case DISK -> ExitCode.STORAGE;
      case LOCKED -> ExitCode.LOCKED;
      case PASSPHRASE -> ExitCode.WRONG_PASSPHRASE;
      case DAMAGED -> ExitCode.BAD_INPUT;
      case REFUSED -> ExitCode.REFUSED;
    };
  }

  private static Optional<Failure> failure(ExitCode exitCode, Exception e) {
    return Optional.of(new Failure(exitCode, sentence(String.valueOf(e.getMessage())), e));
  }

  private static Failure inputOutput(IOException e) {
    String message = String.valueOf(e.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new Failure(
          ExitCode.STORAGE,
          "The disk is full (%s); make room and try again.".formatted(message),
          e);
    }
    return switch (e) {
      case NoSuchFileException x ->
          new Failure(ExitCode.BAD_INPUT, "There is no file %s.".formatted(x.getFile()), e);
      case FileNotFoundException x ->
          new Failure(ExitCode.BAD_INPUT, "Cannot open the file %s.".formatted(message), e);
      case AccessDeniedException x ->
          new Failure(
              ExitCode.BAD_INPUT,
              "You may not use %s; change its permissions.".formatted(x.getFile()),
              e);
      case FileSystemException x ->
          new Failure(ExitCode.STORAGE, "The disk refused: %s.".formatted(message), e);
      default ->
          new Failure(ExitCode.STORAGE, "Reading or writing failed: %s.".formatted(message), e);
    };
  }

  /** {@code text} with a full stop. */
  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
