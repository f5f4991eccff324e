package org.madrigal.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileLockTest {

  @TempDir Path folder;

  /** Says whether another process could take the lock. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) throws IOException {
      System.out.print(FileLock.take(Path.of(arguments[0])).isPresent());
    }
  }

  private String isTakenByAnotherProcess(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] answer = process.getInputStream().readAllBytes();
    process.waitFor();
    return new String(answer, StandardCharsets.UTF_8);
  }

  @Test
  void keepsOtherProcessesOutAlsoAfterThisOneTriedAgain() throws Exception {
    Path file = folder.resolve("lock");
    Optional<FileLock> lock = FileLock.take(file);
    assertThat(lock).isPresent();
    assertThat(FileLock.take(file)).isEmpty();
    assertThat(isTakenByAnotherProcess(file)).isEqualTo("false");
    lock.orElseThrow().close();
    assertThat(isTakenByAnotherProcess(file)).isEqualTo("true");
    Optional<FileLock> again = FileLock.take(file);
    lock.orElseThrow().close();
    assertThat(FileLock.take(file)).isEmpty();
    again.orElseThrow().close();
  }
}
