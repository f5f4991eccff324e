package org.madrigal.app.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;

final class AccountKeyTest {

  private static final String SECRET = "4".repeat(64);

  @TempDir private Path folder;

  @Test
  void isReadFromTheEnvironment() {
    assertThat(AccountKey.open(Optional.empty(), Map.of(AccountKey.KEY, "0x" + SECRET)))
        .hasToString("EvmKey[secret]");
  }

  @Test
  void isAskedForWhereThereIsNone() {
    assertFailure(ExitCode.BAD_INPUT, Optional.empty(), Map.of())
        .contains("No account pays", "set MADRIGAL_EVM_KEY");
  }

  @Test
  void isNotRepeatedWhereItIsWrong() {
    assertFailure(ExitCode.BAD_INPUT, Optional.empty(), Map.of(AccountKey.KEY, SECRET + "4"))
        .startsWith("MADRIGAL_EVM_KEY: ")
        .doesNotContain(SECRET);
  }

  @Test
  void isNotReadFromAFileThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("wallet.json"), "{}");
    assertFailure(
            ExitCode.BAD_INPUT, Optional.of(file), Map.of(AccountKey.PASSWORD, "testpassword"))
        .contains("wallet.json is no key file of a wallet", "its version is not 3");
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertFailure(
      ExitCode code, Optional<Path> file, Map<String, String> environment) {
    String[] sentence = {""};
    assertThatThrownBy(() -> AccountKey.open(file, environment))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(code);
              sentence[0] = failure.sentence();
            });
    return assertThat(sentence[0]);
  }
}
