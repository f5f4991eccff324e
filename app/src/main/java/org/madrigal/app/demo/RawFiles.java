package org.madrigal.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.protocol.MemberId;

/**
 * The raw files of the UCI heart disease data and the list of their split, dealt into a folder for
 * each hospital, as if each had always kept its own: {@code <hospital>/train.csv} and {@code
 * test.csv}.
 *
 * @param folder with processed.cleveland.data and the others, and flamby_split.csv
 */
record RawFiles(Path folder) {

  /** The hospitals in the order of the numbers that the split gives them. */
  static final List<MemberId> HOSPITALS =
      List.of(
          new MemberId("cleveland"),
          new MemberId("hungarian"),
          new MemberId("switzerland"),
          new MemberId("va"));

  private static final String SPLIT = "flamby_split.csv";
  private static final String SPLIT_HEADER = "center,row,set,y";
  private static final String HEADER =
      "age,sex,cp,trestbps,chol,fbs,restecg,thalach,exang,oldpeak,slope,ca,thal,num";

  /**
   * Deals the rows.
   *
   * @param to where the hospitals' folders come to be
   * @throws Failure if a file is missing or not what it should be
   */
  void deal(Path to) throws IOException {
    List<String> split = lines(SPLIT);
    if (split.isEmpty() || !split.getFirst().equals(SPLIT_HEADER)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "%s does not begin with the line '%s'; see examples/heart-disease/README.md."
              .formatted(folder.resolve(SPLIT), SPLIT_HEADER));
    }
    for (int center = 0; center < HOSPITALS.size(); center++) {
      String name = HOSPITALS.get(center).value();
      List<String> rows = lines("processed." + name + ".data");
      Path own = Files.createDirectories(to.resolve(name));
      for (String part : List.of("train", "test")) {
        List<String> dealt = new ArrayList<>(List.of(HEADER));
        for (String line : split) {
          String[] fields = line.split(",", -1);
          if (fields[0].equals(Integer.toString(center)) && fields[2].equals(part)) {
            dealt.add(row(rows, fields[1], name));
          }
        }
        Files.write(own.resolve(part + ".csv"), dealt);
      }
    }
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no file %s: --data names the folder with the heart disease data; examples/heart-disease/README.md says where to get them, and without --data the demo makes data up."
              .formatted(file));
    }
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  private String row(List<String> rows, String number, String name) {
    try {
      return rows.get(Integer.parseInt(number));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "%s names the row '%s' of processed.%s.data, which has %d rows."
              .formatted(folder.resolve(SPLIT), number, name, rows.size()),
          e);
    }
  }
}
