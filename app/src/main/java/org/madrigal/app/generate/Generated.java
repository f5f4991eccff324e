package org.madrigal.app.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.madrigal.core.protocol.MemberId;

/** The kinds of data that can be made up, each in the form that one example reads. */
public enum Generated {
  /** Four hospitals with a folder each: {@code <hospital>/train.csv} and {@code test.csv}. */
  HOSPITALS("hospitals") {
    @Override
    public void write(Path folder, long seed) throws IOException {
      for (Hospital hospital : Hospital.FOUR) {
        hospital.write(folder, seed);
      }
    }
  },
  /** The raw files of the UCI heart disease data, with the list of the split. */
  HEART_DISEASE("heart-disease") {
    @Override
    public void write(Path folder, long seed) throws IOException {
      RawHospitals.write(folder, seed);
    }
  },
  /** The files of three banks and the test file of the credit default data. */
  CREDIT("credit") {
    @Override
    public void write(Path folder, long seed) throws IOException {
      Clients.write(folder, seed);
    }
  },
  /** The file of the AI4I 2020 predictive maintenance data. */
  MACHINE_FAILURE("machine-failure") {
    @Override
    public void write(Path folder, long seed) throws IOException {
      Machines.write(folder, seed);
    }
  },
  /** The four IDX files of MNIST, with fewer and simpler digits. */
  MNIST("mnist") {
    @Override
    public void write(Path folder, long seed) throws IOException {
      Digits.write(folder, seed);
    }
  },
  /** Rows of ten numbers for each of three members to learn ten others from. */
  NETWORK("network") {
    @Override
    public void write(Path folder, long seed) throws IOException {
      Curves.write(folder, seed);
    }
  };

  private final String kind;

  Generated(String kind) {
    this.kind = kind;
  }

  /** The name on the command line. */
  public String kind() {
    return kind;
  }

  /**
   * Writes the files, the same for the same seed on every machine; files of the same name are
   * replaced.
   *
   * @param folder where to; it exists
   */
  public abstract void write(Path folder, long seed) throws IOException;

  /** The names of {@link #HOSPITALS}. */
  public static List<MemberId> hospitals() {
    return Hospital.FOUR.stream().map(Hospital::name).toList();
  }

  /** The names of all kinds, for messages. */
  public static String kinds() {
    return Arrays.stream(values()).map(Generated::kind).collect(Collectors.joining(", "));
  }

  /** Writes lines that end in LF, packed where the name ends in {@code .gz}. */
  static void writeLines(Path file, List<String> lines) throws IOException {
    write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes, packed where the name ends in {@code .gz}. */
  static void write(Path file, byte[] content) throws IOException {
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      out.write(content);
    }
  }
}
