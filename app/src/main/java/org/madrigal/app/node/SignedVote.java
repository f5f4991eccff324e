package org.madrigal.app.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.madrigal.app.audit.Audit;
import org.madrigal.app.audit.AuditReport;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.NewFile;
import org.madrigal.app.config.LedgerAddress;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.move.LedgerFiles;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.core.state.Membership;
import org.madrigal.core.state.State;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.SignedVotes;

/**
 * A vote that is signed into a file rather than sent: a transaction for the contract, which the
 * member's account sends by any means.
 *
 * @param file the member's settings
 * @param identity the member
 * @param chain the ledger, which must be on a chain
 */
record SignedVote(MemberFile file, Identity identity, LedgerAddress.OnChain chain) {

  /**
   * A vote on the ledger that a member's settings name.
   *
   * @throws Failure if that is on no chain
   */
  static SignedVote on(MemberFile file, Identity identity) {
    if (!(file.ledger() instanceof LedgerAddress.OnChain chain)) {
      throw new Failure(
          ExitCode.USAGE,
          "--sign-only is for ledgers on a chain; the one in %s has a server, and the node sends what the owner asks for."
              .formatted(file.folder().resolve(MemberFile.NAME)));
    }
    return new SignedVote(file, identity, chain);
  }

  /** Signs, with what the member's copy of the ledger tells as the history that it has seen. */
  void write(Vote vote, Path to) throws IOException {
    NewFile target = new NewFile(to);
    try (MemberFolder folder = MemberFolder.open(file.folder())) {
      State state = state();
      Membership membership =
          state
              .federation()
              .orElseThrow(() -> refuse(ExitCode.NOT_YET, "the federation is not founded yet"))
              .membership();
      if (!membership.active().contains(identity.member())) {
        throw refuse(ExitCode.REFUSED, "'%s' does not take part".formatted(identity.member()));
      }
      if (!membership.isOpenToVotes(vote.member(), identity.charter())) {
        throw refuse(ExitCode.REFUSED, "'%s' is excluded already".formatted(vote.member()));
      }
      SignedStatement signed =
          SignedVotes.sign(folder, identity, chain.identity(), state.history().head(), vote);
      target.write(text(signed).getBytes(StandardCharsets.UTF_8));
    }
  }

  private State state() {
    Path copy = file.folder().resolve(MemberFolder.LEDGER);
    if (!LedgerFiles.areIn(copy)) {
      throw refuse(
          ExitCode.NOT_YET,
          "there is no copy of the ledger in %s; start the node once".formatted(copy));
    }
    Charter charter = identity.charter();
    State[] last = {State.initial(charter.id())};
    AuditReport report =
        Audit.of(copy).foundedBy(charter.id()).run((entry, outcome) -> last[0] = outcome.state());
    if (!report.ok()) {
      throw refuse(
          ExitCode.BROKEN,
          "the copy in %s is broken (%s); run 'madrigal audit' on it"
              .formatted(copy, report.first().map(AuditReport.Finding::reason).orElse("")));
    }
    return last[0];
  }

  private static Failure refuse(ExitCode code, String reason) {
    return new Failure(code, "Nothing was signed: %s.".formatted(reason));
  }

  private String text(SignedStatement signed) {
    Charter charter = identity.charter();
    Bytes call =
        EvmContract.appending(
            signed,
            chain.contract(),
            charter.id(),
            charter.roster().stream().map(Member::id).toList());
    return "{\"chainId\": %d, \"to\": \"%s\", \"data\": \"0x%s\"}\n"
        .formatted(chain.contract().chain(), chain.contract().contract(), call.hex());
  }
}
