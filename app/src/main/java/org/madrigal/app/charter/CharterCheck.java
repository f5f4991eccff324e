package org.madrigal.app.charter;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.BodyLimit;
import org.madrigal.app.config.CharterDraft;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.CustodyFile;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Weighting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code charter check}: says whether a charter can work, and what to think about before signing.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Say whether a charter can work, and what to know before approving it.",
    footer = {
      "",
      "Examples:",
      "  madrigal charter check charter.yaml",
      "  madrigal charter check charter.yaml --json",
      "",
      "Exit codes: 0 it can work, 4 it cannot; the sentence names file, line and column."
    })
final class CharterCheck implements Callable<Integer> {

  @Mixin private Output output;

  @Parameters(paramLabel = "FILE", description = "The charter file.")
  private Path file;

  @Override
  public Integer call() {
    CharterDraft draft = CharterFile.read(file);
    Charter charter = draft.charter(CharterCheck::placeholder);
    Optional<String> id =
        draft.keyless().isEmpty() ? Optional.of(charter.id().toString()) : Optional.empty();
    List<String> warnings = warnings(draft, charter);
    output.result(
        Json.object()
            .put("file", file.toString())
            .put("charter", id.orElse(null))
            .put("name", charter.name())
            .put("members", charter.roster().stream().map(m -> m.id().value()).toList())
            .put("parameters", charter.layout().length())
            .put("rounds", charter.training().rounds())
            .put("privacy", charter.rules().privacy().kind())
            .put("withstands", LyingWords.withstands(charter))
            .put("receipts", charter.rules().custody().map(Custody::receipts).orElse(null))
            .put("warnings", warnings)
            .map(),
        out -> {
          out.printf("%s can work: '%s'.%n", file, charter.name());
          id.ifPresent(digest -> out.printf("  charter     %s%n", digest));
          out.printf("  members     %d%n", charter.roster().size());
          out.printf("  parameters  %d%n", charter.layout().length());
          out.printf("  rounds      %d%n", charter.training().rounds());
          out.printf("  privacy     %s%n", charter.rules().privacy().kind());
          if (!PrivacyWords.isLoud(charter)) {
            PrivacyWords.of(charter).forEach(words -> out.printf("    %s%n", words));
          }
          LyingWords.of(charter).ifPresent(words -> out.printf("  liars       %s%n", words));
          charter
              .rules()
              .custody()
              .ifPresent(kept -> out.printf("  attachments %s%n", CustodyFile.advice(kept)));
          warnings.forEach(warning -> out.printf("Note: %s%n", warning));
        });
    return ExitCode.OK.code();
  }

  /** A key that nobody holds, different for each member, for checking the rest of a charter. */
  private static VerifyingKey placeholder(MemberId id) {
    byte[] seed =
        Digest.of(("placeholder " + id).getBytes(StandardCharsets.UTF_8)).value().toByteArray();
    return SigningKey.ofSeed(seed).verifyingKey();
  }

  private static List<String> warnings(CharterDraft draft, Charter charter) {
    List<String> warnings = new ArrayList<>();
    if (!draft.keyless().isEmpty()) {
      warnings.add(
          "%d of %d members have no key (the first is '%s'): only 'madrigal simulate' can use it."
              .formatted(
                  draft.keyless().size(), draft.members().size(), draft.keyless().getFirst()));
    }
    if (PrivacyWords.isLoud(charter)) {
      warnings.add(PrivacyWords.NONE);
    }
    if (charter.rules().minimum() == 1) {
      warnings.add("With a minimum of 1, one member alone can make the next model.");
    }
    if (charter.rules().weighting() instanceof Weighting.Declared
        && charter.roster().stream().allMatch(m -> m.weight() == 1)) {
      warnings.add("Every weight is 1, so all members count the same.");
    }
    if (charter.rules().privacy() == Privacy.MEMBERS
        && charter.training().aggregation().isPlain()) {
      warnings.add(
          "Members see each other's updates, but the model follows their mean, which one member can steer: choose training.aggregation, or privacy: masked.");
    }
    warnings.addAll(LyingWords.warnings(charter));
    if (charter.rules().weighting() instanceof Weighting.Masked
        && charter.roster().stream().anyMatch(m -> m.weight() != 1)) {
      warnings.add(
          "Weights are masked, so the weights beside the members' names count for nothing, and everybody sees them.");
    }
    charter
        .rules()
        .custody()
        .filter(kept -> kept.onLedgerUpTo() >= BodyLimit.largest(charter))
        .ifPresent(kept ->
            warnings.add(
                "No attachment is larger than attachments.on-ledger-up-to, so all of them lie on the ledger."));
    return warnings;
  }
}
