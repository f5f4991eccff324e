package org.madrigal.app.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Digest;

final class GeneratedTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void givesTheSameFilesForTheSameSeed(Generated kind) throws IOException {
    SortedMap<String, Digest> first = write(kind, "first", 7);
    assertThat(first).isNotEmpty().isEqualTo(write(kind, "second", 7));
    assertThat(write(kind, "other", 8)).isNotEqualTo(first);
  }

  @Test
  void givesHospitalsOfDifferentSizesAndMixes() throws IOException {
    write(Generated.HOSPITALS, "hospitals", 1);
    List<Double> ill =
        Hospital.FOUR.stream()
            .map(each -> folder.resolve("hospitals").resolve(each.name().value()))
            .map(own -> shareOfIll(own.resolve("test.csv")))
            .toList();
    assertThat(ill).doesNotHaveDuplicates().allMatch(share -> share > 0.2 && share < 0.9);
    assertThat(Hospital.FOUR.stream().map(Hospital::training)).doesNotHaveDuplicates();
  }

  @Test
  void givesMachinesOfWhichFewFail() throws IOException {
    write(Generated.MACHINE_FAILURE, "machines", 1);
    List<String> lines = Files.readAllLines(folder.resolve("machines/ai4i2020.csv"));
    assertThat(lines.getFirst()).startsWith("\uFEFFUDI,");
    long failed = lines.stream().filter(line -> line.split(",", -1)[8].equals("1")).count();
    assertThat(failed / 10_000.0).isBetween(0.02, 0.06);
  }

  private static double shareOfIll(Path file) {
    try {
      List<String> rows = Files.readAllLines(file).subList(1, Hospital.TEST + 1);
      return rows.stream().filter(row -> row.endsWith(",1")).count() / (double) rows.size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private SortedMap<String, Digest> write(Generated kind, String name, long seed)
      throws IOException {
    Path to = Files.createDirectories(folder.resolve(name));
    kind.write(to, seed);
    TreeMap<String, Digest> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(to)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(to.relativize(file).toString(), Digest.of(Files.readAllBytes(file)));
      }
    }
    return digests;
  }
}
