package org.madrigal.app.key;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.MemberFile;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.state.EpochKeys;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The mixin of commands that can do more with the epoch keys of a federation with secrecy. */
public final class KeysOption {

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The epoch keys, as 'madrigal key grant-audit' writes them. A member's folder has its"
              + " own.")
  private @Nullable Path file;

  @Mixin private PassphraseOptions passphrase;

  /** Filled in by picocli. */
  public KeysOption() {}

  /** The keys of the file, if one was named. */
  public Optional<GrantedKeys> named() {
    return Optional.ofNullable(file).map(GrantedKeys::read);
  }

  /**
   * The keys of the file, else those in a member's folder if its passphrase is at hand.
   *
   * @param folder a folder, which may be a member's
   */
  public EpochKeys find(Path folder, FederationId federation) {
    return find(folder, federation, false);
  }

  /** As {@link #find(Path, FederationId)}, but a person is asked for the member's passphrase. */
  public EpochKeys ask(Path folder, FederationId federation) {
    return find(folder, federation, true);
  }

  private EpochKeys find(Path folder, FederationId federation, boolean ask) {
    Optional<GrantedKeys> granted = named();
    if (granted.isPresent()) {
      return checked(granted.get(), federation).forReplay();
    }
    if (!OwnKeys.isMember(folder) || !(ask || passphrase.isGiven())) {
      return EpochKeys.NONE;
    }
    OwnKeys own = new OwnKeys(MemberFile.read(folder));
    return own.areThere()
        ? own.read(federation, passphrase.forOpening()).forReplay()
        : EpochKeys.NONE;
  }

  private GrantedKeys checked(GrantedKeys granted, FederationId federation) {
    if (!granted.federation().equals(federation)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "The keys in %s are those of the federation %s, but this ledger is that of %s."
              .formatted(file, granted.federation(), federation));
    }
    return granted;
  }
}
