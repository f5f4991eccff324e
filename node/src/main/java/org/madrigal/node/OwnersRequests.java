package org.madrigal.node;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.core.state.Membership;
import org.madrigal.core.state.State;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/** Takes the owner's requests and has them signed. Confined to the owner thread. */
final class OwnersRequests {

  private final NodeConfig config;
  private final SigningJournal journal;
  private final Consumer<Draft> sign;
  private Instant notBefore = Instant.MIN;

  /** Requests whose votes are signed, durably, by {@code sign}. */
  OwnersRequests(NodeConfig config, SigningJournal journal, Consumer<Draft> sign) {
    this.config = config;
    this.journal = journal;
    this.sign = sign;
  }

  /** Takes what waits, unless it looked a moment ago or the member cannot vote yet. */
  void take(State state) {
    Instant now = config.surroundings().clock().instant();
    if (now.isBefore(notBefore) || state.federation().isEmpty()) {
      return;
    }
    Membership membership = state.federation().get().membership();
    if (!membership.active().contains(config.identity().member())) {
      return;
    }
    notBefore = now.plus(config.options().delays().requests());
    Disk disk = config.folder().disk();
    for (String name : VoteRequests.waiting(disk)) {
      String answer = handle(VoteRequests.read(disk, name), membership);
      VoteRequests.answer(disk, name, answer);
      config.listener().on(new NodeEvent.Requested(name, answer));
    }
  }

  private String handle(Optional<Vote> request, Membership membership) {
    if (request.isEmpty()) {
      return "refused: this is no request; the first line names a member, the second a reason of at most 200 characters";
    }
    Vote vote = request.get();
    MemberId target = vote.member();
    if (config.identity().charter().member(target).isEmpty()) {
      return "refused: the charter does not name '%s'".formatted(target);
    }
    if (target.equals(config.identity().member())) {
      return "refused: a member cannot vote against itself";
    }
    if (!membership.isOpenToVotes(target, config.identity().charter())) {
      return "nothing to do: '%s' is excluded already".formatted(target);
    }
    Optional<Signing> decided = journal.find(Slot.vote(target));
    if (decided.isPresent()) {
      return "done: a vote against '%s' was signed at journal record %d"
          .formatted(target, decided.get().number());
    }
    sign.accept(Draft.of(vote));
    return "done: signed, and sent until it is on the ledger";
  }
}
