package org.madrigal.app.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.NewFile;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.key.KeysOption;
import org.madrigal.app.node.MemberOption;
import org.madrigal.app.node.Parts;
import org.madrigal.app.view.LedgerOption;
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
      "Exit codes: 0 ok, 4 the data are wrong, 11 there is no such model yet, 14 FILE is there,",
      "  20 the model is closed to who has no epoch key."
    })
final class ModelPredict implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;
  @Mixin private RoundOption round;
  @Mixin private KeysOption keys;

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
    Optional<NewFile> target = Optional.ofNullable(file).map(NewFile::new);
    MemberFile settings = member.file();
    Charter charter = MemberOption.charter(settings);
    Path copy = settings.folder().resolve(MemberFolder.LEDGER);
    FoundModel found =
        round.find(
            copy,
            watcher -> LedgerOption.read(copy, id -> keys.ask(settings.folder(), id), watcher));
    MemberData read = Parts.data(settings, charter);
    if (read.isNone()) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "How rows are brought to one scale is known to this member's trainer alone; predict with it, or give"
              + " the rows by data: in member.yaml.");
    }
    MemberData data = found.standardisation().map(read::standardised).orElse(read);
    Matrix predictions;
    try (Trainer trainer = Parts.trainer(settings, charter, data)) {
      Matrix features = data.scaling().orElseThrow().apply(inputs(charter));
      predictions = trainer.predict(found.model().parameters(), features);
    }
    write(found, target, predictions);
    return ExitCode.OK.code();
  }

  private Matrix inputs(Charter charter) {
    return MemberData.readInputs(charter.recipe().data(), rows, CsvFormat.HEADER);
  }

  private void write(FoundModel found, Optional<NewFile> target, Matrix predictions)
      throws IOException {
    String csv = csv(predictions);
    Json json =
        Json.object()
            .put("model", found.model().digest().hex())
            .put("round", found.model().round().value())
            .put("rows", predictions.rows());
    if (target.isEmpty()) {
      output.result(json.put("predictions", predictions.toArray()).map(), out -> out.print(csv));
      return;
    }
    target.get().write(csv.getBytes(StandardCharsets.US_ASCII));
    Path written = target.get().path();
    output.result(
        json.put("file", written.toString()).map(),
        out -> out.printf("Wrote %d predictions to %s.%n", predictions.rows(), written));
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
