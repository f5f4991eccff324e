package org.madrigal.app.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.cli.Failure;

final class LocalChainProgramTest {

  @TempDir private Path folder;

  @Test
  void isTheOneThatIsNamedElseThatOnThePathElseThatOfTheInstaller() throws IOException {
    Path home = program("home/.foundry/bin");
    Map<String, String> atHome =
        Map.of("HOME", folder.resolve("home").toString(), "PATH", "/nowhere:");
    assertThat(LocalChainProgram.find(atHome)).isEqualTo(home);
    Path first = program("first");
    Map<String, String> onPath =
        Map.of("HOME", folder.resolve("home").toString(), "PATH", "/nowhere:" + first.getParent());
    assertThat(LocalChainProgram.find(onPath)).isEqualTo(first);
    Path named = program("elsewhere");
    assertThat(
            LocalChainProgram.find(
                Map.of(
                    "MADRIGAL_ANVIL",
                    named.toString(),
                    "PATH",
                    folder.resolve("first").toString())))
        .isEqualTo(named);
  }

  @Test
  void tellsHowToGetOneWhereThereIsNone() throws IOException {
    Files.writeString(folder.resolve("anvil"), "a text");
    assertThatThrownBy(() -> LocalChainProgram.find(Map.of("PATH", folder.toString())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there is no anvil on the PATH")
        .hasMessageContaining("npm install --global @foundry-rs/anvil");
    assertThatThrownBy(() -> LocalChainProgram.find(Map.of("MADRIGAL_ANVIL", "/no/anvil")))
        .hasMessage(
            "MADRIGAL_ANVIL is /no/anvil, which is no program; point it at anvil, or unset it.");
  }

  @Test
  void mustStartAChain() throws IOException {
    Path other = program("other");
    assertThatThrownBy(() -> LocalChain.start(other, 2, folder.resolve("scratch")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("does not start a chain (error: what is --cache-path?)");
  }

  /** It says what an older one would. */
  private Path program(String name) throws IOException {
    Path program = Files.createDirectories(folder.resolve(name)).resolve("anvil");
    Files.writeString(program, "#!/bin/sh\necho 'error: what is --cache-path?'\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }
}
