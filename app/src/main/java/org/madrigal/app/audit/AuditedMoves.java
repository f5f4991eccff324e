package org.madrigal.app.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Handover;
import org.madrigal.core.protocol.HandoverQuorum;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Reason;
import org.madrigal.core.state.State;

/**
 * All ledgers of a federation that has moved, one after the other. Each must end where enough
 * members handed it over, and the next begin there. What stands on one after its end is no part of
 * the history, and is not looked at.
 *
 * @param parts the ledgers, in order
 * @param moves between them; as many as parts, or one less
 */
record AuditedMoves(List<AuditedFolder> parts, List<MovedFolder.Left> moves)
    implements AuditedFolder {

  AuditedMoves {
    parts = List.copyOf(parts);
    moves = List.copyOf(moves);
  }

  static Decoding<AuditedFolder> of(MovedFolder moved) {
    List<Path> folders = new ArrayList<>();
    moved.left().forEach(left -> folders.add(left.files()));
    if (hasAny(moved.present())) {
      folders.add(moved.present());
    }
    List<AuditedFolder> parts = new ArrayList<>();
    for (Path folder : folders) {
      switch (AuditedFolder.part(folder)) {
        case Decoding.Malformed<AuditedFolder>(String reason) -> {
          return new Decoding.Malformed<>("'%s': %s".formatted(folder.getFileName(), reason));
        }
        case Decoding.Decoded<AuditedFolder>(AuditedFolder part) -> parts.add(part);
      }
    }
    return new Decoding.Decoded<>(new AuditedMoves(parts, moved.left()));
  }

  /** A member that has not read anything from the new ledger yet has an empty folder, or none. */
  private static boolean hasAny(Path folder) {
    String[] names = folder.toFile().list((at, name) -> !name.equals("lock"));
    return Files.isDirectory(folder) && names != null && names.length > 0;
  }

  @Override
  public FederationId federation() {
    return parts.getFirst().federation();
  }

  @Override
  public Origin origin() {
    return parts.getFirst().origin();
  }

  @Override
  public String identity(Position position) {
    return part(position).identity(position);
  }

  @Override
  public boolean isDamage(Position position, Reason reason) {
    return part(position).isDamage(position, reason);
  }

  private AuditedFolder part(Position position) {
    for (int i = 0; i < moves.size(); i++) {
      if (position.compareTo(moves.get(i).handover().end().first()) < 0) {
        return parts.get(i);
      }
    }
    return parts.getLast();
  }

  @Override
  public Optional<Finding> verify(
      @Nullable FederationId wanted, Optional<Head> known, Consumer<Entry> each) {
    Origin begin = Origin.of(federation());
    for (int i = 0; i < parts.size(); i++) {
      AuditedFolder part = parts.get(i);
      if (!part.origin().equals(begin) || !part.federation().equals(federation())) {
        return finding(
            begin,
            "the ledger %s begins at %s, not at %s"
                .formatted(part.identity(begin.first()), part.origin().head(), begin.head()));
      }
      if (i > 0 && !part.identity(begin.first()).equals(moves.get(i - 1).handover().next())) {
        return finding(
            begin,
            "the members handed over to %s, and this is %s"
                .formatted(moves.get(i - 1).handover().next(), part.identity(begin.first())));
      }
      Optional<Finding> wrong =
          i < moves.size()
              ? verifyLeft(part, moves.get(i).handover(), wanted, each)
              : part.verify(wanted, known.map(head -> inside(part, head)), each);
      if (wrong.isPresent()) {
        return wrong;
      }
      begin = i < moves.size() ? moves.get(i).handover().end() : begin;
    }
    return Optional.empty();
  }

  /** A head that a part must reach, of one that the whole must reach. */
  private static Head inside(AuditedFolder part, Head head) {
    Head begin = part.origin().head();
    return head.position().compareTo(begin.position()) < 0 ? begin : head;
  }

  private static Optional<Finding> verifyLeft(
      AuditedFolder part, Handover handover, @Nullable FederationId wanted, Consumer<Entry> each) {
    Position end = handover.end().first();
    long[] next = {part.origin().first().value()};
    Optional<Finding> damage =
        part.verify(
            wanted,
            Optional.empty(),
            entry -> {
              if (entry.position().compareTo(end) < 0) {
                next[0] = entry.position().value() + 1;
                each.accept(entry);
              }
            });
    if (damage.isPresent() && damage.get().position().compareTo(end) < 0) {
      return damage;
    }
    return next[0] == end.value()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                new Position(next[0]),
                "the archive ends after %d entries, and the members handed it over after %s"
                    .formatted(next[0], end)));
  }

  private static Optional<Finding> finding(Origin at, String reason) {
    return Optional.of(new Finding(at.first(), reason));
  }

  /** {@inheritDoc} Where it does, the members that took part then must have signed just that. */
  @Override
  public Optional<String> unsigned(State state) {
    for (int i = 0; i < moves.size(); i++) {
      Origin end = moves.get(i).handover().end();
      if (end.first().equals(state.history().head().position())) {
        Origin reached = new Origin(state.history().head(), state.history().time());
        return end.equals(reached)
            ? judge(state, parts.get(i).identity(end.first()), moves.get(i))
            : Optional.of(
                "the members handed over %s, but the history there is %s"
                    .formatted(end.head(), reached.head()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> judge(State state, String from, MovedFolder.Left left) {
    if (state.federation().isEmpty()) {
      return Optional.of("a federation that was not founded was handed over");
    }
    Federation federation = state.federation().get();
    HandoverQuorum quorum = HandoverQuorum.of(federation.charter());
    return switch (quorum.judge(
        federation.charter(), federation.membership().active(), from, left.handovers())) {
      case HandoverQuorum.Verdict.HandedOver(Handover handover, var by) ->
          handover.equals(left.handover())
              ? Optional.empty()
              : Optional.of("%s handed over something else".formatted(by));
      case HandoverQuorum.Verdict.Refused(String reason) ->
          Optional.of("the ledger was not handed over: " + reason);
    };
  }
}
