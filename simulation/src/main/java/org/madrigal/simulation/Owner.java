package org.madrigal.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.node.Ending;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.disk.NodeException;

/** The people of one member: they start the node again, and do what its last sentence asks for. */
final class Owner {

  private static final Pattern NAMED = Pattern.compile("'((?:secrets|outbox)/[^']+)'");

  private final Seat seat;
  private final Timeline timeline;
  private final Chance chance;
  private final Monitor monitor;
  private final Trace trace;
  private final Counts counts;
  private final Duration longest;
  private Optional<Ending> last = Optional.empty();
  private boolean gone;
  private int flipped;
  private boolean lost;
  private boolean touched;
  private boolean dying;
  private boolean forked;
  private boolean starting;

  /** The owner of a seat, who starts the node again after {@code longest} at the latest. */
  Owner(
      Seat seat,
      Timeline timeline,
      Chance chance,
      Monitor monitor,
      Trace trace,
      Counts counts,
      Duration longest) {
    this.seat = seat;
    this.timeline = timeline;
    this.chance = chance;
    this.monitor = monitor;
    this.trace = trace;
    this.counts = counts;
    this.longest = longest;
  }

  Seat seat() {
    return seat;
  }

  /** The end from which nobody starts the node again, if it came to one. */
  Optional<Ending> last() {
    return last;
  }

  /** The member is gone for good. */
  boolean isGone() {
    return gone;
  }

  /** Whether the member ever came back without its journal. */
  boolean hasLost() {
    return lost;
  }

  /** Whether a bit of the folder was flipped that the node has not stumbled over yet. */
  boolean isDamaged() {
    return flipped > 0;
  }

  /** A bit of the folder was flipped. */
  void flipped() {
    flipped++;
    touched = true;
  }

  /** Whether anybody or anything but the node ever changed its folder. */
  boolean isTouched() {
    return touched;
  }

  /** Old secrets are put back, and nobody says so. */
  void putBack(Map<String, Bytes> files) {
    touched = true;
    seat.parts().disk().replaceAll(files);
  }

  /** Whether the disk is lost, too, when the power fails next. */
  void dying(boolean with) {
    dying = with;
  }

  /** The ledger has broken its promise: the node may say so. */
  void mayFork() {
    forked = true;
  }

  /** The member leaves and never comes back. */
  void leave() {
    gone = true;
    counts.count("member gone for good");
    trace.note(seat, "is gone for good");
    seat.crash();
  }

  /** The node starts after {@code wait}, unless it runs by then. */
  void startAfter(Duration wait) {
    if (starting || gone) {
      return;
    }
    starting = true;
    timeline.after(
        wait,
        () -> {
          starting = false;
          if (!gone && last.isEmpty() && !seat.isRunning()) {
            trace.note(seat, "starts");
            if (flipped == 0) {
              monitor.remembered(seat.member(), seat.journal());
            }
            seat.start();
          }
        });
  }

  /** The power failed. */
  void crashed() {
    counts.count("crash");
    trace.note(seat, "crashes");
    if (dying) {
      loseDisk(new TreeMap<>());
      startAfter(chance.between(Duration.ofMillis(100), Duration.ofSeconds(2)));
    } else {
      startAfter(chance.between(Duration.ofMillis(100), longest));
    }
  }

  /** The node ended by itself. */
  void ended(Ending ending) {
    trace.note(seat, "ends: " + describe(ending));
    switch (ending) {
      case Ending.Finished end -> last = Optional.of(end);
      case Ending.FinishedUnread end -> last = Optional.of(end);
      case Ending.Halted end -> last = Optional.of(end);
      case Ending.Excluded end -> last = Optional.of(end);
      case Ending.Stopped end -> startAfter(Duration.ofSeconds(chance.between(1, 20)));
      case Ending.Forked end -> {
        last = Optional.of(end);
        if (!forked) {
          monitor.violated(seat, "it sees a fork where there is none: " + end.sentence());
        }
      }
      case Ending.UnknownVoice end -> {
        if (lost) {
          // What was on its way when the journal was lost has arrived.
          counts.count("rejoined again");
          seat.rejoin();
          startAfter(Duration.ofSeconds(chance.between(1, 60)));
        } else {
          last = Optional.of(end);
          monitor.violated(seat, "it does not know its own words: " + end.sentence());
        }
      }
      case Ending.LedgerFailed end -> {
        last = Optional.of(end);
        monitor.violated(seat, "it gave up the ledger: " + end.sentence());
      }
      case Ending.Failed end -> mend(end.cause());
    }
  }

  private static String describe(Ending ending) {
    return switch (ending) {
      case Ending.Finished end -> "finished with " + end.model().digest().abbreviated();
      case Ending.Failed end -> "failed, " + end.cause().getMessage();
      case Ending other -> other.toString();
    };
  }

  private void mend(NodeException cause) {
    counts.count("refusal of a disk");
    switch (cause.kind()) {
      case DISK -> {}
      case DAMAGED -> damaged(String.valueOf(cause.getMessage()));
      case LOCKED, PASSPHRASE, REFUSED ->
          monitor.violated(seat, "it refuses to run: " + cause.getMessage());
    }
    startAfter(chance.between(Duration.ofMillis(100), longest));
  }

  private void damaged(String sentence) {
    if (flipped == 0) {
      monitor.violated(seat, "it finds damage where there is none: " + sentence);
      return;
    }
    Matcher named = NAMED.matcher(sentence);
    if (named.find()) {
      flipped--;
      seat.parts().disk().remove(named.group(1));
    } else {
      loseDisk(new TreeMap<>());
    }
  }

  /** Nothing is left but {@code files}; the owner knows, and says so. */
  void loseDisk(Map<String, Bytes> files) {
    flipped = 0;
    lost = true;
    touched = true;
    dying = false;
    seat.harvest();
    seat.parts().disk().replaceAll(files);
    seat.rejoin();
    monitor.forgets(seat.member());
  }

  /** The node has given up a training: its owner starts it again. */
  void hearTrouble(String sentence) {
    if (sentence.contains("it is not tried again")) {
      timeline.after(
          Duration.ofSeconds(5),
          () -> {
            if (seat.isRunning()) {
              seat.node().stop();
            }
          });
    }
  }

  /** Whether a file belongs to the vault. */
  static boolean isSecret(String name) {
    return name.startsWith(MemberFolder.SECRETS + "/");
  }
}
