package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FolderLockTest {

  @TempDir Path folder;

  /** Says whether another process could take the lock. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) throws IOException {
      try {
        FolderLock.acquire(Path.of(arguments[0]));
        System.out.print("taken");
      } catch (LedgerException e) {
        System.out.print(e.kind());
      }
    }
  }

  private String anotherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] answer = process.getInputStream().readAllBytes();
    process.waitFor();
    return new String(answer, StandardCharsets.UTF_8);
  }

  @Test
  void keepsOtherProcessesOutAlsoAfterThisOneTriedAgain() throws Exception {
    FolderLock lock = FolderLock.acquire(folder);
    assertThatThrownBy(() -> FolderLock.acquire(folder.resolve(".")))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("in use by another process");
    assertThat(anotherProcess()).isEqualTo("LOCKED");
    lock.close();
    assertThat(anotherProcess()).isEqualTo("taken");
    FolderLock again = FolderLock.acquire(folder);
    lock.close();
    assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(LedgerException.class);
    again.close();
  }
}
