package org.madrigal.app.charter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.NewFile;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.PrivacyOption;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.CharterText;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.secagg.Thresholds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code charter new}: begins a charter that works as soon as its members and data are filled in.
 */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Begin a charter: a file with every part explained and a fresh salt.",
    footer = {
      "",
      "Examples:",
      "  madrigal charter new > charter.yaml",
      "  madrigal charter new --privacy none > charter.yaml      for research in the open",
      "  madrigal charter new --name \"Heart disease\" --member north=ed25519:... \\",
      "      --member south=ed25519:... --member west=ed25519:... --out charter.yaml"
    })
final class CharterNew implements Callable<Integer> {

  private static final int FEWEST = 2;
  private static final String EXAMPLE = "north south west";

  @Mixin private Output output;

  @Option(names = "--name", paramLabel = "NAME", description = "What people call the federation.")
  private String name = "A new federation";

  @Option(
      names = "--member",
      paramLabel = "PSEUDONYM=KEY",
      description = "A member and its public key, as 'madrigal key show' prints it. Repeat it.")
  private Map<String, String> members = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "FILE", description = "Write this file instead of stdout.")
  private @Nullable Path file;

  @Mixin private PrivacyOption privacy;

  @Override
  public Integer call() throws IOException {
    Privacy chosen = privacy();
    byte[] salt = new byte[Charter.SALT_LENGTH];
    new SecureRandom().nextBytes(salt);
    String hex = HexFormat.of().formatHex(salt);
    String charter =
        template()
            .replace("@name@", CharterText.quoted(name))
            .replace("@salt@", '"' + hex + '"')
            .replace("@members@", roster())
            .replace("@rules@", NewRules.of(chosen, count()));
    CharterFile.read("the new charter", charter);
    write(charter, hex);
    return ExitCode.OK.code();
  }

  private int count() {
    return members.isEmpty() ? EXAMPLE.split(" ").length : members.size();
  }

  /** Nobody gets a charter without secrecy whose members did not ask for it. */
  private Privacy privacy() {
    Privacy chosen = privacy.chosen().orElse(Privacy.MASKED);
    if (chosen != Privacy.NONE && count() < Thresholds.MIN_MEMBERS) {
      throw new Failure(
          ExitCode.USAGE,
          "Masking needs %d members or more, and there are %d: add one with --member, or say --privacy none, with which everybody who reads the ledger sees each update."
              .formatted(Thresholds.MIN_MEMBERS, count()));
    }
    if (chosen == Privacy.NONE) {
      output.warn(PrivacyWords.NONE);
    }
    return chosen;
  }

  private String roster() {
    if (members.isEmpty()) {
      return Stream.of(EXAMPLE.split(" "))
          .map("  %s: {weight: 1}"::formatted)
          .collect(Collectors.joining("\n"))
          .replaceFirst("\n", "  # key: \"ed25519:...\"\n");
    }
    if (members.size() < FEWEST) {
      throw new Failure(ExitCode.USAGE, "A federation has 2 members or more: repeat --member.");
    }
    return members.entrySet().stream().map(CharterNew::line).collect(Collectors.joining("\n"));
  }

  private static String line(Map.Entry<String, String> member) {
    try {
      MemberId id = new MemberId(member.getKey());
      VerifyingKey key = VerifyingKey.parse(member.getValue());
      return "  %s: {key: \"%s\", weight: 1}".formatted(id, key.text());
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
  }

  private void write(String charter, String salt) throws IOException {
    Path target = file;
    if (target == null) {
      output.result(
          Json.object().put("salt", salt).put("charter", charter).map(), out -> out.print(charter));
      return;
    }
    new NewFile(target).write(charter.getBytes(StandardCharsets.UTF_8));
    output.result(
        Json.object().put("salt", salt).put("file", target.toString()).map(),
        out -> out.printf("Wrote %s; change it, then run madrigal charter check on it.%n", target));
  }

  private static String template() throws IOException {
    try (InputStream in =
        Optional.ofNullable(CharterNew.class.getResourceAsStream("template.yaml")).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
