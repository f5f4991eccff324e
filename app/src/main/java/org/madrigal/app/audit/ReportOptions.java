package org.madrigal.app.audit;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.NewFile;
import org.madrigal.app.key.KeyFile;
import org.madrigal.app.key.PassphraseOptions;
import org.madrigal.core.crypto.VerifyingKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The mixin that writes an audit's report, or examines one that somebody else wrote. */
final class ReportOptions {

  private static final String PAGE = ".html";
  private static final String DATA = ".json";

  @Mixin private PassphraseOptions passphrase;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description =
          "Write a report for people, which prints well, and the same as JSON beside it. Whoever"
              + " audits the same history with the same keys writes the same bytes.")
  private @Nullable Path report;

  @Option(
      names = "--sign-with",
      paramLabel = "KEY.pem",
      description =
          "Sign the report's JSON with this key of 'madrigal key new': FILE.json.sig, which openssl"
              + " can check.")
  private @Nullable Path signWith;

  @Option(
      names = "--against",
      paramLabel = "FILE.json",
      description =
          "Compare with a report that somebody wrote of this ledger, then or now: exit code 3 and"
              + " the first difference where the ledger gives something else.")
  private @Nullable Path against;

  @Option(
      names = "--signer",
      paramLabel = "ed25519:...",
      description = "Require FILE.json.sig of --against to be this key's signature.")
  private @Nullable String signer;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /** Filled in by picocli. */
  ReportOptions() {}

  /** The files to write, if any; refuses what cannot be written before the audit takes its time. */
  Optional<ReportFiles> files() {
    if (report == null) {
      if (signWith != null) {
        throw wrong("--sign-with signs a report; say --report FILE.html as well.");
      }
      return Optional.empty();
    }
    String name = String.valueOf(report.getFileName());
    if (!name.endsWith(PAGE) || name.equals(PAGE)) {
      throw wrong("--report names a file that ends in .html, not %s.".formatted(report));
    }
    Path data = report.resolveSibling(name.substring(0, name.length() - PAGE.length()) + DATA);
    NewFile page = new NewFile(report);
    NewFile json = new NewFile(data);
    if (signWith == null) {
      return Optional.of(new ReportFiles(page, json, Optional.empty()));
    }
    NewFile seal = new NewFile(ReportSeal.beside(data));
    return Optional.of(
        new ReportFiles(
            page,
            json,
            Optional.of(
                new ReportFiles.Signing(
                    seal, new KeyFile(signWith).open(passphrase.forOpening())))));
  }

  /** The report to examine, if any. */
  Optional<ExaminedReport> examined() {
    if (against == null) {
      if (signer != null) {
        throw wrong("--signer says who signed a report; say --against FILE.json as well.");
      }
      return Optional.empty();
    }
    return Optional.of(ExaminedReport.read(against, Optional.ofNullable(signer).map(this::key)));
  }

  private VerifyingKey key(String text) {
    try {
      return VerifyingKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong("--signer: " + e.getMessage() + ".");
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(mixee.commandLine(), sentence);
  }
}
