package org.madrigal.app.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.Named;
import org.madrigal.node.MemberFolder;

/**
 * The attachments off the ledger in a folder, as a member's node keeps them: a file for each, named
 * by its SHA-256. Only read; a file that does not hold what its name says is as good as none.
 *
 * @param folder the folder
 */
public record KeptAttachments(Path folder) implements Attachments {

  /**
   * Those beside a member's copy of the ledger, where it is one.
   *
   * @param ledger the ledger's folder
   */
  public static Attachments beside(Path ledger) {
    Path folder = ledger.toAbsolutePath().normalize().resolveSibling(MemberFolder.ATTACHMENTS);
    return Files.isDirectory(folder) ? new KeptAttachments(folder) : Attachments.NONE;
  }

  @Override
  public Optional<Bytes> find(AttachmentRef attachment) {
    Path file = folder.resolve(attachment.sha256().hex());
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != attachment.length()) {
        return Optional.empty();
      }
      Bytes content = Bytes.takeOver(Files.readAllBytes(file));
      return Optional.of(content).filter(read -> AttachmentRef.of(read).equals(attachment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says what is missing, who has it, and what to do. */
  public static String words(Attempt.Wanting wanting) {
    Named first = wanting.missing().getFirst();
    int others = wanting.missing().size() - 1;
    return "The attachment %s of entry %s by '%s'%s is not at hand, and the next model is computed from it; %s said that they hold it: get the file of that name from the folder '%s' of one of them, and name its folder with --attachments."
        .formatted(
            first.attachment().sha256().hex(),
            first.position(),
            first.author(),
            others == 0 ? "" : ", the first of %d,".formatted(others + 1),
            first.holders().stream().map(MemberId::value).collect(Collectors.joining(", ")),
            MemberFolder.ATTACHMENTS);
  }
}
