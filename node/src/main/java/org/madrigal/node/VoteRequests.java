package org.madrigal.node;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;

/**
 * Votes that the owner asks a node for: files in the member's folder, which a running node takes at
 * once and any other when it starts. The answer is in the folder {@code requests/done}.
 *
 * <pre>
 * requests/vote-MEMBER.txt        first line: the member; second line: the reason; UTF-8
 * requests/done/vote-MEMBER.txt   the same and, on a third line, what came of it
 * </pre>
 */
public final class VoteRequests {

  private static final String DONE = "done/";

  private VoteRequests() {}

  /**
   * Asks for a vote. Nothing needs to be locked: the file is there at once or not at all.
   *
   * @throws NodeException of kind {@code REFUSED} if such a request waits already, {@code DISK}
   */
  public static void ask(Disk disk, MemberId target, String reason) {
    Vote vote = new Vote(target, reason.strip());
    String oneLine = vote.reason().replaceAll("\\R", " ");
    disk.create(
        MemberFolder.REQUESTS + "/vote-%s.txt".formatted(target),
        text("%s\n%s\n".formatted(target, oneLine)));
  }

  /** The names of the requests that wait. */
  static List<String> waiting(Disk disk) {
    return disk.list(MemberFolder.REQUESTS);
  }

  /** What a request asks for, or nothing where it is no request. */
  static Optional<Vote> read(Disk disk, String name) {
    List<String> lines = content(disk, name).lines().toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Vote(new MemberId(lines.getFirst().strip()), lines.size() > 1 ? lines.get(1) : ""));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Puts a request away with its answer. */
  static void answer(Disk disk, String name, String answer) {
    String content = content(disk, name);
    String ended = content.endsWith("\n") ? content : content + "\n";
    disk.replace(MemberFolder.REQUESTS + "/" + DONE + name, text(ended + answer + "\n"));
    disk.delete(MemberFolder.REQUESTS + "/" + name);
  }

  private static String content(Disk disk, String name) {
    Optional<Bytes> content = disk.read(MemberFolder.REQUESTS + "/" + name);
    return content.map(bytes -> new String(bytes.toByteArray(), StandardCharsets.UTF_8)).orElse("");
  }

  private static Bytes text(String text) {
    return Bytes.takeOver(text.getBytes(StandardCharsets.UTF_8));
  }
}
