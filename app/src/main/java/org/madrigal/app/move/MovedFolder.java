package org.madrigal.app.move;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.madrigal.core.protocol.Handover;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.SignedHandover;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.FileArchive;
import org.madrigal.ledger.evm.ChainArchive;
import org.madrigal.ledger.evm.ChainCopy;

/**
 * The folder of a ledger whose federation has moved, once or more often.
 *
 * <pre>
 * 0/             the first ledger: its files, or a member's copy of one on a chain
 * 0.handovers/   what its members signed when they left it: {@link HandoverFiles}
 * 1/             the next one, and so on; the last has no handovers
 * </pre>
 *
 * @param folder the folder
 * @param left the ledgers that were left, in order, one or more
 */
public record MovedFolder(Path folder, List<Left> left) {

  private static final String HANDOVERS = ".handovers";

  /**
   * A ledger that was left.
   *
   * @param files its folder
   * @param signed the folder with what the members signed
   * @param handovers what the members signed, one or more
   */
  public record Left(Path files, Path signed, List<SignedHandover> handovers) {

    /** Copies the list. */
    public Left {
      handovers = List.copyOf(handovers);
    }

    /** What they say; that all say it and are enough, an import and every audit see to. */
    public Handover handover() {
      return handovers.getFirst().handover();
    }
  }

  /** Copies the list. */
  public MovedFolder {
    left = List.copyOf(left);
  }

  /** What is in a folder; nothing if its federation has not moved. */
  public static Optional<MovedFolder> in(Path folder) {
    List<Left> left = new ArrayList<>();
    Path signed = handovers(folder, 0);
    while (Files.isDirectory(signed)) {
      left.add(new Left(part(folder, left.size()), signed, HandoverFiles.read(signed)));
      signed = handovers(folder, left.size());
    }
    return left.isEmpty() ? Optional.empty() : Optional.of(new MovedFolder(folder, left));
  }

  /** Where the files of the ledger with this number are. */
  static Path part(Path folder, int number) {
    return folder.resolve(Integer.toString(number));
  }

  /** Where what ended the ledger with this number is. */
  static Path handovers(Path folder, int number) {
    return folder.resolve(number + HANDOVERS);
  }

  /** The folder of the present ledger, which may not be there yet. */
  public Path present() {
    return part(folder, left.size());
  }

  /** What moved last. */
  public Handover last() {
    return left.getLast().handover();
  }

  /** Where the present ledger begins. */
  public Origin origin() {
    return last().end();
  }

  /** The names of the ledgers that were left. */
  public Set<String> names() {
    return left.stream().map(each -> each.handover().from()).collect(Collectors.toSet());
  }

  /** Whether the federation has ever been on a ledger of this name, or is. */
  public boolean knows(String ledger) {
    return left.stream()
        .map(Left::handover)
        .anyMatch(handover -> handover.from().equals(ledger) || handover.next().equals(ledger));
  }

  /** What was left up to the ledger of this name, if the federation ever moved there. */
  public Optional<MovedFolder> before(String ledger) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).handover().next().equals(ledger)) {
        return Optional.of(new MovedFolder(folder, left.subList(0, i + 1)));
      }
    }
    return Optional.empty();
  }

  /** Opens the archives, which the caller closes. */
  public Archives open() {
    Archives archives = new Archives();
    try {
      for (Left each : left) {
        Optional<ChainCopy> copy = ChainCopy.in(each.files());
        archives.add(
            copy.isPresent() ? ChainArchive.open(copy.get()) : FileArchive.open(each.files()),
            each.handover().end());
      }
      return archives;
    } catch (RuntimeException e) {
      archives.close();
      throw e;
    }
  }
}
