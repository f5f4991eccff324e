package org.madrigal.app.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.node.MemberOption;
import org.madrigal.app.node.Parts;
import org.madrigal.core.protocol.Charter;
import org.madrigal.node.MemberFolder;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.data.CsvFormat;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code model predict}: what a model says of rows that it has not seen. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Write one prediction for each row of a file: the probability of class 1 of two, of",
      "each class of more, or the numbers themselves. Rows are scaled as the member's own are."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal model predict --member north --data patients.csv",
      "  madrigal model predict --member north --data patients.csv --round 5 --out p.csv",
      "",
      "Exit codes: 0 ok, 4 the data are wrong, 11 there is no such model yet, 14 FILE is there."
    })
final class ModelPredict implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;
  @Mixin private RoundOption round;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description =
          "The rows: CSV with the charter's columns in the first line, or IDX images. A target is"
              + " not read.")
  private Path rows;

  @Option(names = "--out", paramLabel = "FILE", description = "Write this file, not stdout.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (file != null && Files.exists(file)) {
      throw new Failure(ExitCode.EXISTS, "%s is there already; name another file.".formatted(file));
    }
    MemberFile settings = member.file();
    Charter charter = MemberOption.charter(settings);
    FoundModel found = round.find(settings.folder().resolve(MemberFolder.LEDGER));
    MemberData data = Parts.data(settings, charter);
    Matrix predictions;
    try (Trainer trainer = Parts.trainer(settings, charter, data)) {
      Matrix features = data.scaling().apply(inputs(charter));
      predictions = trainer.predict(found.model().parameters(), features);
    }
    write(found, csv(predictions), predictions);
    return ExitCode.OK.code();
  }

  private Matrix inputs(Charter charter) {
    return MemberData.readInputs(charter.recipe().data(), rows, CsvFormat.HEADER);
  }

  private void write(FoundModel found, String csv, Matrix predictions) throws IOException {
    Path target = file;
    if (target != null) {
      Files.writeString(target, csv);
    }
    Json json =
        Json.object()
            .put("model", found.model().digest().hex())
            .put("round", found.model().round().value())
            .put("rows", predictions.rows());
    if (target == null) {
      json.put("predictions", predictions.toArray());
    } else {
      json.put("file", target.toString());
    }
    output.result(
        json.map(),
        out -> {
          if (target == null) {
            out.print(csv);
          } else {
            out.printf("Wrote %d predictions to %s.%n", predictions.rows(), target);
          }
        });
  }

  private static String csv(Matrix predictions) {
    StringBuilder csv = new StringBuilder();
    for (int column = 0; column < predictions.columns(); column++) {
      csv.append(column == 0 ? "" : ",");
      csv.append(predictions.columns() == 1 ? "prediction" : "prediction-" + column);
    }
    csv.append('\n');
    for (int row = 0; row < predictions.rows(); row++) {
      for (int column = 0; column < predictions.columns(); column++) {
        csv.append(column == 0 ? "" : ",").append(predictions.at(row, column));
      }
      csv.append('\n');
    }
    return csv.toString();
  }
}
