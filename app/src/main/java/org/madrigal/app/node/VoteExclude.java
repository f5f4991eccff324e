package org.madrigal.app.node;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.MemberFile;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
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
      "The member's node signs and sends it: a running one at once, any other when it starts."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal vote exclude south --member north --reason \"two weeks without an answer\"",
      "  madrigal log --ledger north --kind vote        shows who voted",
      "",
      "Exit codes: 0 the node has the request, 4 there is no such member, 10 asked already."
    })
final class VoteExclude implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;

  @Parameters(paramLabel = "MEMBER", description = "The pseudonym of the member to exclude.")
  private String target;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the others to read.")
  private String reason = "";

  @Override
  public Integer call() {
    MemberFile file = member.file();
    Charter charter = MemberOption.charter(file);
    MemberId id = id(charter, file);
    try {
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
