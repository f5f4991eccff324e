package org.madrigal.app.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whom a process talks to, as the Linux kernel tells it in /proc. */
final class Connections {

  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Connections() {}

  /** Whether this system tells. */
  static boolean areKnown() {
    return Files.isReadable(Path.of("/proc/self/net/tcp"));
  }

  /**
   * The ends of every TCP connection and the use of every UDP socket that a process has now, as
   * {@code LOCAL REMOTE} in the kernel's hexadecimal form; what only listens is left out.
   */
  static Set<String> of(long pid) throws IOException {
    Path process = Path.of("/proc/" + pid);
    Set<String> inodes = sockets(process.resolve("fd"));
    Set<String> ends = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (inodes.contains(fields[INODE]) && !fields[STATE].equals(LISTENING)) {
          ends.add(fields[LOCAL] + " " + fields[REMOTE]);
        }
      }
    }
    return ends;
  }

  /** Whether an end that {@link #of} gave is on this machine and has {@code port} on one side. */
  static boolean isLocal(String ends, int port) {
    String hexadecimal = ":%04X".formatted(port);
    return Stream.of(ends.split(" ", -1))
            .allMatch(end -> end.startsWith("0100007F:") || end.contains("0100007F:"))
        && Stream.of(ends.split(" ", -1)).anyMatch(end -> end.endsWith(hexadecimal));
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        String target;
        try {
          target = Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
          continue; // closed since it was listed
        }
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring(8, target.length() - 1));
        }
      }
    }
    return inodes;
  }
}
