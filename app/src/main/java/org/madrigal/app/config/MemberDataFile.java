package org.madrigal.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.trainer.data.CsvFormat;
import org.madrigal.trainer.data.DataFiles;
import org.madrigal.trainer.data.RowSelection;
import org.madrigal.trainer.data.Source;
import org.madrigal.trainer.data.Split;

/** Reads where a member keeps its rows: a folder with the usual names, or sources one by one. */
public final class MemberDataFile {

  private static final String[] CSV = {"csv", "delimiter", "columns", "where", "list", "holdout"};

  private MemberDataFile() {}

  /** Reads what {@code value} says; relative paths begin at {@code folder}. */
  public static MemberFile.MemberData read(Path folder, Value value) {
    Section data = value.section("folder", "train", "test");
    Optional<Value> whole = data.optional("folder");
    if (whole.isPresent() == data.optional("train").isPresent()) {
      throw value.wrong("Exactly one of the keys 'folder' and 'train' says where the rows are.");
    }
    if (whole.isPresent()) {
      Path rows = whole.get().path(folder);
      return spec -> DataFiles.inFolder(spec, rows);
    }
    List<Source> train = sources(folder, data.required("train"), Split.TRAIN);
    List<Source> test =
        data.optional("test").map(t -> sources(folder, t, Split.TEST)).orElse(List.of());
    DataFiles files = value.checked(() -> new DataFiles(train, test));
    return spec -> files;
  }

  private static List<Source> sources(Path folder, Value value, Split part) {
    return value.list().stream().map(each -> source(folder, each, part)).toList();
  }

  private static Source source(Path folder, Value value, Split part) {
    if (value.isText()) {
      return Source.Csv.of(value.path(folder));
    }
    if (value.entries("a file, or keys that describe it").containsKey("images")) {
      Section idx = value.section("images", "labels");
      return new Source.Idx(
          idx.required("images").path(folder), idx.required("labels").path(folder));
    }
    Section csv = value.section(CSV);
    Path file = csv.required("csv").path(folder);
    return value.checked(() -> new Source.Csv(file, format(csv), rows(folder, csv, part)));
  }

  private static CsvFormat format(Section csv) {
    char delimiter =
        csv.optional("delimiter")
            .map(value -> {
              if (value.text().length() != 1) {
                throw value.wrong("A delimiter is one character, such as \";\" or \"\\t\".");
              }
              return value.text().charAt(0);
            })
            .orElse(',');
    return new CsvFormat(delimiter, csv.optional("columns").map(Value::texts).orElse(List.of()));
  }

  private static RowSelection rows(Path folder, Section csv, Split part) {
    return new RowSelection(
        csv.optional("where").map(MemberDataFile::where).orElse(Map.of()),
        csv.optional("list").map(value -> list(folder, value)),
        csv.optional("holdout").map(value -> holdout(value, part)));
  }

  private static Map<String, String> where(Value value) {
    TreeMap<String, String> where = new TreeMap<>();
    value
        .entries("columns with values")
        .forEach((column, wanted) -> where.put(column, wanted.text()));
    return where;
  }

  private static RowSelection.SplitList list(Path folder, Value value) {
    Section list = value.section("csv", "row", "where");
    return new RowSelection.SplitList(
        list.required("csv").path(folder),
        list.required("row").text(),
        list.optional("where").map(MemberDataFile::where).orElse(Map.of()));
  }

  private static RowSelection.Holdout holdout(Value value, Split part) {
    Section holdout = value.section("fraction", "seed");
    return value.checked(() ->
        new RowSelection.Holdout(
            holdout.required("fraction").real(),
            holdout.optional("seed").map(v -> v.integer(0, Long.MAX_VALUE)).orElse(0L),
            part));
  }
}
