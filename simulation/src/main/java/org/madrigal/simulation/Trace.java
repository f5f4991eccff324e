package org.madrigal.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/** What happened: when, who, what. Two runs of one seed are the same if their traces are. */
final class Trace {

  private final Timeline timeline;
  private final boolean keeping;
  private final MessageDigest digest = Digest.sha256();
  private final List<String> lines = new ArrayList<>();

  /**
   * An empty trace.
   *
   * @param keeping whether people are going to read it
   */
  Trace(Timeline timeline, boolean keeping) {
    this.timeline = timeline;
    this.keeping = keeping;
  }

  /** Notes that {@code who} did {@code what}. */
  void note(Object who, String what) {
    String event = timeline.elapsed().toMillis() + " " + who + " " + what;
    digest.update(event.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    if (keeping) {
      lines.add(
          String.format(
              Locale.ROOT, "%10.3f  %-7s %s", timeline.elapsed().toMillis() / 1e3, who, what));
    }
  }

  /** The lines so far; none unless they are kept. */
  List<String> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** The digest of the trace so far. */
  Digest digest() {
    try {
      MessageDigest copy = (MessageDigest) digest.clone();
      return new Digest(Bytes.takeOver(copy.digest()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The platform's SHA-256 can be copied", e);
    }
  }
}
