package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Target;

/**
 * The machines of AI4I 2020, one site for each type, from one file with a byte order mark and CRLF:
 * the published file where this machine has it, else a small one of the same form.
 */
final class MachineFailuresTest {

  private static final DataSpec.Table SPEC =
      new DataSpec.Table(
          List.of(
              new Feature.Numeric("Air temperature [K]"),
              new Feature.Numeric("Process temperature [K]"),
              new Feature.Numeric("Rotational speed [rpm]"),
              new Feature.Numeric("Torque [Nm]"),
              new Feature.Numeric("Tool wear [min]")),
          new Target.Classes("Machine failure", List.of("0", "1")),
          List.of("TWF", "HDF", "PWF", "OSF", "RNF"),
          List.of(),
          MissingPolicy.REFUSE,
          Normalisation.MEMBER);

  private static final Optional<Path> REAL = RealData.folder("ai4i2020");

  @TempDir private Path generated;

  @Test
  void givesEachSiteItsMachines() throws IOException {
    Path file = file();
    int[] rows = REAL.isPresent() ? new int[] {6000, 2997, 1003} : new int[] {60, 30, 10};
    List<String> types = List.of("L", "M", "H");
    int failures = 0;
    for (int i = 0; i < types.size(); i++) {
      Samples samples = MemberData.read(SPEC, List.of(source(file, types.get(i))));
      assertThat(samples.rows()).as(types.get(i)).isEqualTo(rows[i]);
      failures += Arrays.stream(samples.labels()).sum();
    }
    assertThat(failures).isEqualTo(REAL.isPresent() ? 339 : 10);
  }

  private static Source source(Path file, String type) {
    return new Source.Csv(
        file,
        CsvFormat.HEADER,
        new RowSelection(Map.of("Type", type), Optional.empty(), Optional.empty()));
  }

  private Path file() throws IOException {
    if (REAL.isPresent()) {
      return REAL.get().resolve("ai4i2020.csv");
    }
    StringBuilder text =
        new StringBuilder(
            "\uFEFFUDI,Product ID,Type,Air temperature [K],Process temperature [K],"
                + "Rotational speed [rpm],Torque [Nm],Tool wear [min],Machine failure,"
                + "TWF,HDF,PWF,OSF,RNF\r\n");
    for (int i = 0; i < 100; i++) {
      String type = i < 60 ? "L" : i < 90 ? "M" : "H";
      int failed = i % 10 == 0 ? 1 : 0;
      text.append(
          "%d,%s%d,%s,298.1,308.6,%d,42.8,%d,%d,0,%d,0,0,0\r\n"
              .formatted(i, type, i, type, 1400 + i, i, failed, failed));
    }
    return Files.writeString(generated.resolve("machines.csv"), text);
  }
}
