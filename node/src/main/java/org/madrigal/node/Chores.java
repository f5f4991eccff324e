package org.madrigal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.node.journal.Slot;
import org.madrigal.trainer.TrainerException;

/**
 * The drafts that are being made: each begins when it is due, is tried again a few times when it
 * fails, and is given up as soon as nobody waits for it. Confined to the owner thread.
 */
final class Chores {

  /** How often training for one slot is tried. */
  static final int MAX_ATTEMPTS = 4;

  private final Surroundings surroundings;
  private final Delays delays;
  private final Inbox inbox;
  private final NodeListener listener;
  private final BiConsumer<Slot, Draft> done;
  private final Map<Slot, Chore> chores = new HashMap<>();

  private static final class Chore {
    final Action action;
    final Instant since;
    final Backoff backoff;
    Instant notBefore;
    @Nullable Task running;

    Chore(Action action, Instant now, Backoff backoff) {
      this.action = action;
      this.since = now;
      this.notBefore = now;
      this.backoff = backoff;
    }
  }

  /** Chores whose drafts are given to {@code done}, on the owner thread. */
  Chores(
      Surroundings surroundings,
      Delays delays,
      Inbox inbox,
      NodeListener listener,
      BiConsumer<Slot, Draft> done) {
    this.surroundings = surroundings;
    this.delays = delays;
    this.inbox = inbox;
    this.listener = listener;
    this.done = done;
  }

  /** Does {@code action} for {@code slot}, {@code wait} after it was first asked for. */
  void consider(Slot slot, Action action, Duration wait) {
    Instant now = surroundings.clock().instant();
    Chore chore =
        chores.computeIfAbsent(
            slot,
            any ->
                new Chore(
                    action,
                    now,
                    new Backoff(delays.retry(), delays.longest(), surroundings.random())));
    boolean isDue = !now.isBefore(chore.since.plus(wait)) && !now.isBefore(chore.notBefore);
    if (chore.running == null && isDue && chore.backoff.attempts() < MAX_ATTEMPTS) {
      start(slot, chore);
    }
  }

  private void start(Slot slot, Chore chore) {
    if (!chore.action.isLong()) {
      chores.remove(slot);
      try {
        done.accept(slot, chore.action.prepare());
      } catch (InterruptedException e) {
        throw new IllegalStateException("A short action does not wait", e);
      }
      return;
    }
    listener.on(new NodeEvent.Began(slot));
    Task task = new Task(() -> work(slot, chore));
    chore.running = task;
    surroundings.work().execute(task);
  }

  /** Runs on a thread of {@link Surroundings#work()}. */
  private void work(Slot slot, Chore chore) throws InterruptedException {
    try {
      Draft draft = chore.action.prepare();
      inbox.post(() -> finish(slot, chore, draft));
    } catch (InterruptedException e) {
      inbox.post(() -> fail(slot, chore, "it was interrupted"));
      throw e;
    } catch (TrainerException e) {
      inbox.post(() -> fail(slot, chore, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      inbox.post(() -> fail(slot, chore, "the trainer failed with " + e));
    } catch (Error e) {
      inbox.post(() -> {
        throw e;
      });
    }
  }

  private void finish(Slot slot, Chore chore, Draft draft) {
    if (chores.remove(slot, chore)) {
      done.accept(slot, draft);
    }
  }

  private void fail(Slot slot, Chore chore, String reason) {
    if (chores.get(slot) != chore) {
      return;
    }
    chore.running = null;
    chore.notBefore = chore.backoff.next(surroundings.clock().instant());
    String next =
        chore.backoff.attempts() < MAX_ATTEMPTS
            ? "it is tried again at " + chore.notBefore
            : "it is not tried again, and this member is absent there";
    listener.on(
        new NodeEvent.Trouble(
            "%s: attempt %d of %d failed (%s); %s"
                .formatted(slot, chore.backoff.attempts(), MAX_ATTEMPTS, reason, next)));
  }

  /** Whether everything was tried for {@code slot}, in vain. */
  boolean isExhausted(Slot slot) {
    Chore chore = chores.get(slot);
    return chore != null && chore.running == null && chore.backoff.attempts() >= MAX_ATTEMPTS;
  }

  /** Gives up everything but {@code wanted}. */
  void keepOnly(Collection<Slot> wanted) {
    Iterator<Map.Entry<Slot, Chore>> each = chores.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Slot, Chore> chore = each.next();
      if (!wanted.contains(chore.getKey())) {
        Task running = chore.getValue().running;
        if (running != null) {
          running.cancel();
          listener.on(new NodeEvent.Abandoned(chore.getKey()));
        }
        each.remove();
      }
    }
  }

  /** Gives up everything and waits until it has ended, for at most {@code most}. */
  void stop(Duration most) throws InterruptedException {
    List<Task> running = new ArrayList<>();
    for (Chore chore : chores.values()) {
      Task task = chore.running;
      if (task != null) {
        task.cancel();
        running.add(task);
      }
    }
    chores.clear();
    Duration left = most;
    for (Task task : running) {
      if (!task.await(left)) {
        listener.on(
            new NodeEvent.Trouble(
                "The trainer did not stop within %d s; its work is lost, nothing else"
                    .formatted(most.toSeconds())));
        left = Duration.ZERO;
      }
    }
  }
}
