package org.madrigal.app.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.key.KeyFile;
import org.madrigal.app.key.PassphraseOptions;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.node.Identity;
import org.madrigal.node.VoteRequests;
import org.madrigal.node.disk.FolderDisk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vote exclude}: asks this member's node to vote another member out. */
@Command(
    name = "exclude",
    mixinStandardHelpOptions = true,
    description = {
      "Vote that another member takes no further part. It cannot be taken back.",
      "With masks, as many votes as the charter's threshold also let it go: others who",
      "wait for it to open a sum go on without it, and who compares the sums may learn",
      "what it had sent from the same model.",
      "The member's node signs and sends it: a running one at once, any other when it starts.",
      "With --sign-only it is signed now, while no node runs, and written into a file: a",
      "transaction that the member's account may send by any means. docs/ledger-evm.md says how."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal vote exclude south --member north --reason \"two weeks without an answer\"",
      "  madrigal vote exclude south --member north --sign-only vote.json",
      "  madrigal log --ledger north --kind vote        shows who voted",
      "",
      "Exit codes: 0 the node has the request, or the file is written, 2 the ledger is on no chain,",
      "  4 there is no such member, 5 passphrase, 6 a node is running, 10 asked already, or the member",
      "  may not vote, 11 there is no federation yet, 14 the file is there already."
    })
final class VoteExclude implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;

  @Parameters(paramLabel = "MEMBER", description = "The pseudonym of the member to exclude.")
  private String target;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the others to read.")
  private String reason = "";

  @Option(
      names = "--sign-only",
      paramLabel = "FILE",
      description = "Sign it into a file with the transaction for the contract; send nothing.")
  private @Nullable Path signOnly;

  @Mixin private PassphraseOptions passphrase;

  @Override
  public Integer call() throws IOException {
    MemberFile file = member.file();
    Charter charter = MemberOption.charter(file);
    MemberId id = id(charter, file);
    try {
      if (signOnly != null) {
        return sign(file, charter, new Vote(id, reason.strip()), signOnly);
      }
      VoteRequests.ask(new FolderDisk(file.folder()), id, reason);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
    output.result(
        Json.object()
            .put("member", file.member().value())
            .put("against", id.value())
            .put("needed", charter.rules().votes())
            .put("letsGo", charter.votesToLetGo())
            .map(),
        out ->
            out.printf(
                "The node of '%s' will vote against %s; %s.%n",
                file.member(), file.nameOf(id), effect(charter)));
    return ExitCode.OK.code();
  }

  private int sign(MemberFile file, Charter charter, Vote vote, Path to) throws IOException {
    Identity identity =
        new Identity(file.member(), new KeyFile(file.key()).open(passphrase.forOpening()), charter);
    SignedVote.on(file, identity).write(vote, to);
    output.result(
        Json.object()
            .put("member", file.member().value())
            .put("against", vote.member().value())
            .put("file", to.toString())
            .map(),
        out ->
            out.printf(
                "The vote of '%s' against '%s' is signed, in %s; its account sends it.%n",
                file.member(), vote.member(), to));
    return ExitCode.OK.code();
  }

  private static String effect(Charter charter) {
    int votes = charter.rules().votes();
    int last = charter.votesToLetGo();
    String effect =
        charter.rules().privacy() != Privacy.MASKED
            ? "%d votes exclude it".formatted(votes)
            : last == votes
                ? "%d votes exclude it and let it go".formatted(votes)
                : "%d votes exclude it, %d let it go".formatted(votes, last);
    return charter.roster().size() - 1 < charter.rules().minimum()
        ? effect
            + ", and end the federation, which needs %d members"
                .formatted(charter.rules().minimum())
        : effect;
  }

  private MemberId id(Charter charter, MemberFile file) {
    boolean known = charter.roster().stream().anyMatch(m -> m.id().value().equals(target));
    if (!known || file.member().value().equals(target)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "'%s' is not another member; the others are %s."
              .formatted(
                  target,
                  charter.roster().stream()
                      .map(m -> m.id().value())
                      .filter(name -> !name.equals(file.member().value()))
                      .toList()));
    }
    return new MemberId(target);
  }
}
