package org.madrigal.app.node;

import java.nio.file.Files;
import java.nio.file.Path;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.MemberFile;
import org.madrigal.core.protocol.Charter;
import picocli.CommandLine.Option;

/** The mixin of every command that speaks for a member. */
public final class MemberOption {

  @Option(
      names = "--member",
      paramLabel = "DIR",
      required = true,
      description = "The member's folder, with its member.yaml.")
  private Path folder;

  /** Filled in by picocli. */
  public MemberOption() {}

  /** The member's settings. */
  public MemberFile file() {
    return in(folder);
  }

  /** The settings of the member in a folder. */
  public static MemberFile in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no folder %s; --member names a member's folder.".formatted(folder));
    }
    return MemberFile.read(folder);
  }

  /**
   * The charter that the member's settings name.
   *
   * @throws Failure if it does not name the member
   */
  public static Charter charter(MemberFile file) {
    Charter charter = CharterFile.read(file.charter()).charter();
    if (charter.member(file.member()).isEmpty()) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "The charter %s does not name the member '%s' of %s."
              .formatted(file.charter(), file.member(), file.folder().resolve(MemberFile.NAME)));
    }
    return charter;
  }
}
