package org.madrigal.app.view;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.Outcome;

/** How many bytes the members put on the ledger: in all, and for each of the last rounds. */
final class Traffic {

  private static final int ROUNDS = 10;

  private final SortedMap<String, Long> members = new TreeMap<>();
  private final TreeMap<Integer, SortedMap<String, Long>> rounds = new TreeMap<>();

  void add(Entry entry, Outcome outcome) {
    long bytes =
        entry.statement().bytes().length()
            + entry.attachment().map(Attachment::ref).map(ref -> ref.length()).orElse(0L);
    String member = LogFilter.author(outcome);
    members.merge(member, bytes, Long::sum);
    outcome
        .envelope()
        .map(Envelope::payload)
        .flatMap(payload -> Kinds.round(payload.statement()))
        .map(RoundId::value)
        .ifPresent(round -> {
          rounds.computeIfAbsent(round, absent -> new TreeMap<>()).merge(member, bytes, Long::sum);
          if (rounds.size() > ROUNDS) {
            rounds.pollFirstEntry();
          }
        });
  }

  /** Bytes by member. */
  SortedMap<String, Long> members() {
    return Collections.unmodifiableSortedMap(members);
  }

  /** Bytes by round and member, for the last rounds. */
  SortedMap<Integer, SortedMap<String, Long>> rounds() {
    return Collections.unmodifiableSortedMap(rounds);
  }
}
