package org.madrigal.app.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * Made-up machines by the rules that Matzka 2020 publishes for the AI4I 2020 data, in the form of
 * its file (byte order mark, CRLF): machines fail by wear of the tool, heat, power or strain, or at
 * random; those five columns give the answer away.
 */
final class Machines {

  private static final int ROWS = 10_000;
  private static final double RADIANS_PER_TURN = 2 * Math.PI;

  private Machines() {}

  static void write(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder file = new StringBuilder("\uFEFF");
    file.append(
        "UDI,Product ID,Type,Air temperature [K],Process temperature [K],"
            + "Rotational speed [rpm],Torque [Nm],Tool wear [min],Machine failure,"
            + "TWF,HDF,PWF,OSF,RNF\r\n");
    int wear = 0;
    for (int row = 1; row <= ROWS; row++) {
      int kind = random.nextInt(10);
      char type = kind < 6 ? 'L' : kind < 9 ? 'M' : 'H';
      wear = wear > 220 ? 0 : wear + (type == 'L' ? 2 : type == 'M' ? 3 : 5);
      file.append(row).append(',').append(type).append(14860 + row).append(',').append(type);
      machine(file, type, wear, random);
    }
    Generated.write(
        folder.resolve("ai4i2020.csv"), file.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void machine(StringBuilder file, char type, int wear, Random random) {
    double air = tenth(300 + 2 * random.nextGaussian());
    double process = tenth(air + 10 + random.nextGaussian());
    double torque = tenth(Math.max(4, 40 + 9 * random.nextGaussian()));
    long speed = Math.round(1130 + 17_000 / (torque + 2) + 60 * random.nextGaussian());
    double power = torque * speed * RADIANS_PER_TURN / 60;
    int limit = type == 'L' ? 11_000 : type == 'M' ? 12_000 : 13_000;
    boolean[] failures = {
      wear >= 200 && random.nextInt(20) == 0,
      process - air < 8.6 && speed < 1380,
      power < 3500 || power > 9000,
      wear * torque > limit,
      random.nextInt(1000) == 0
    };
    boolean failed = failures[0] || failures[1] || failures[2] || failures[3] || failures[4];
    file.append(',').append(air).append(',').append(process).append(',').append(speed);
    file.append(',').append(torque).append(',').append(wear).append(',').append(failed ? 1 : 0);
    for (boolean failure : failures) {
      file.append(',').append(failure ? 1 : 0);
    }
    file.append("\r\n");
  }

  private static double tenth(double value) {
    return Math.rint(10 * value) / 10;
  }
}
