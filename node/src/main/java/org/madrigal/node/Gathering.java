package org.madrigal.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Named;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.Peers;
import org.madrigal.node.attachment.Shelf;

/**
 * Gets the attachments that others named: from the author first, then from those who said that they
 * hold it, then from everybody else, a few at a time, each time after a longer wait. Confined to
 * the owner thread; members are asked on other threads.
 */
final class Gathering {

  /** How many are fetched at the same time; each is in memory as a whole. */
  private static final int MOST_AT_ONCE = 3;

  /**
   * So often nobody may have it before people hear: it takes a moment until its author gives it.
   */
  private static final int QUIET_ATTEMPTS = 2;

  private final NodeConfig config;
  private final Shelf shelf;
  private final Peers peers;
  private final Inbox inbox;
  private final Map<AttachmentRef, Fetch> fetches = new HashMap<>();
  private List<Named> missing = List.of();

  private static final class Fetch {
    final Backoff backoff;
    Instant notBefore = Instant.MIN;
    int asked;
    @Nullable Task running;

    Fetch(Backoff backoff) {
      this.backoff = backoff;
    }
  }

  Gathering(NodeConfig config, Inbox inbox) {
    this.config = config;
    this.shelf = config.keeping().shelf();
    this.peers = config.keeping().peers();
    this.inbox = inbox;
  }

  /** Nothing more can be replayed without these. */
  void await(List<Named> wanted) {
    if (!wanted.equals(missing)) {
      missing = wanted;
      Named first = wanted.getFirst();
      config
          .listener()
          .on(
              new NodeEvent.Waiting(
                  "This node does not have the attachment %s of entry %s%s, and waits until %s gives it: the next model is computed from it"
                      .formatted(
                          first.attachment().sha256().hex(),
                          first.position(),
                          wanted.size() > 1 ? " and %d others".formatted(wanted.size() - 1) : "",
                          first.holders())));
    }
  }

  /** Whether replay waits for attachments that have not come yet. */
  boolean isWaiting() {
    missing = missing.stream().filter(named -> !shelf.has(named.attachment())).toList();
    return !missing.isEmpty();
  }

  /** Gets what replay waits for and {@code named}; gives the rest up. */
  void gather(Collection<Named> named) {
    Set<Named> wanted = new LinkedHashSet<>(missing);
    wanted.addAll(named);
    wanted.removeIf(each -> shelf.has(each.attachment()));
    giveUpAllBut(wanted.stream().map(Named::attachment).collect(Collectors.toSet()));
    Instant now = config.surroundings().clock().instant();
    for (Named each : wanted) {
      Fetch fetch = fetches.computeIfAbsent(each.attachment(), any -> new Fetch(backoff()));
      boolean isFree =
          fetches.values().stream().filter(other -> other.running != null).count() < MOST_AT_ONCE;
      if (fetch.running == null && isFree && !now.isBefore(fetch.notBefore)) {
        start(each, fetch);
      }
    }
  }

  private Backoff backoff() {
    Delays delays = config.options().delays();
    return new Backoff(delays.retry(), delays.longest(), config.surroundings().random());
  }

  private void giveUpAllBut(Set<AttachmentRef> wanted) {
    fetches
        .entrySet()
        .removeIf(each -> {
          Task running = each.getValue().running;
          boolean over = !wanted.contains(each.getKey());
          if (over && running != null) {
            running.cancel();
          }
          return over;
        });
  }

  private void start(Named named, Fetch fetch) {
    List<MemberId> sources = sources(named);
    if (sources.isEmpty() && own(named).isEmpty()) {
      fetch.notBefore = fetch.backoff.next(config.surroundings().clock().instant());
      return;
    }
    Optional<MemberId> from =
        sources.isEmpty()
            ? Optional.empty()
            : Optional.of(sources.get(fetch.asked % sources.size()));
    boolean isLast = sources.isEmpty() || fetch.asked % sources.size() == sources.size() - 1;
    fetch.asked++;
    Task task = new Task(() -> fetch(named, from, isLast, fetch));
    fetch.running = task;
    config.surroundings().edges().execute(task);
  }

  /** Whom to ask, in order. */
  private List<MemberId> sources(Named named) {
    Set<MemberId> sources = new LinkedHashSet<>(List.of(named.author()));
    sources.addAll(named.holders());
    sources.addAll(new TreeSet<>(peers.members()));
    sources.retainAll(peers.members());
    sources.remove(config.identity().member());
    return new ArrayList<>(sources);
  }

  /** Runs on a thread of {@link Surroundings#edges()}. */
  private void fetch(Named named, Optional<MemberId> from, boolean isLast, Fetch fetch)
      throws InterruptedException {
    try {
      Optional<Attachment> found = own(named);
      if (found.isEmpty() && from.isPresent()) {
        found = peers.fetch(from.get(), named.attachment());
      }
      found.ifPresent(shelf::put);
      String reason = from.map(member -> member + " does not have it").orElse("nobody has it");
      boolean came = found.isPresent();
      inbox.post(() -> ended(named, fetch, isLast, came ? Optional.empty() : Optional.of(reason)));
    } catch (LedgerException e) {
      inbox.post(() -> ended(named, fetch, isLast, Optional.ofNullable(e.getMessage())));
    } catch (RuntimeException | Error e) {
      inbox.post(() -> {
        throw e;
      });
    }
  }

  /** The initial model, where the member can draw it or was given it. */
  private Optional<Attachment> own(Named named) {
    if (!(named.statement() instanceof Statement.InitialModel)) {
      return Optional.empty();
    }
    return switch (config.identity().charter().initial()) {
      case Initial.Drawn drawn ->
          Optional.of(
              Attachment.of(
                  drawn.parameters(config.identity().charter().recipe().model()).toBytes()));
      case Initial.Pinned pinned ->
          config
              .options()
              .initialModel()
              .filter(held -> held.digest().equals(pinned.digest()))
              .map(held -> Attachment.of(held.toBytes()));
    };
  }

  private void ended(Named named, Fetch fetch, boolean isLast, Optional<String> failure) {
    fetch.running = null;
    if (failure.isEmpty() || fetches.get(named.attachment()) != fetch) {
      return;
    }
    Instant now = config.surroundings().clock().instant();
    fetch.notBefore = isLast ? fetch.backoff.next(now) : now;
    if (isLast && fetch.backoff.attempts() > QUIET_ATTEMPTS) {
      config
          .listener()
          .on(
              new NodeEvent.Trouble(
                  "The attachment %s of entry %s has not come from anybody (the last: %s); it is asked for again at %s"
                      .formatted(
                          named.attachment().sha256().abbreviated(),
                          named.position(),
                          failure.get(),
                          fetch.notBefore)));
    }
  }

  /** Gives up what is under way. */
  void stop() {
    giveUpAllBut(Set.of());
  }
}
