package org.madrigal.app.view;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.state.Attachments;
import picocli.CommandLine.Option;

/** The mixin of commands that compute models, which may need attachments off the ledger. */
public final class AttachmentsOption {

  @Option(
      names = "--attachments",
      paramLabel = "DIR",
      description =
          "The folder with the attachments that the charter keeps off the ledger, as a member's"
              + " folder has it. Without it, the one beside the ledger's folder.")
  private @Nullable Path folder;

  /** Filled in by picocli. */
  public AttachmentsOption() {}

  /**
   * Those in the folder that was named, else those beside {@code ledger}, if there are any.
   *
   * @throws Failure of {@code USAGE} if there is no such folder
   */
  public Attachments beside(Path ledger) {
    if (folder == null) {
      return KeptAttachments.beside(ledger);
    }
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no folder %s; --attachments names a folder with attachments."
              .formatted(folder));
    }
    return new KeptAttachments(folder);
  }
}
