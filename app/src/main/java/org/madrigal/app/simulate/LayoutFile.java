package org.madrigal.app.simulate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.app.yaml.YamlDocument;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.data.CsvFormat;
import org.madrigal.trainer.data.DataFiles;
import org.madrigal.trainer.data.RowSelection;
import org.madrigal.trainer.data.Source;
import org.madrigal.trainer.data.Split;

/**
 * Reads layout files: which member's rows lie where in a folder of data.
 *
 * <pre>
 * members:                      # or whole: {train: ..., test: ...}, to be dealt by --partition
 *   anna:
 *     train: [SOURCE, ...]
 *     test: [SOURCE, ...]       # may be absent
 * </pre>
 *
 * <p>A source is one of
 *
 * <pre>
 * FILE
 * {csv: FILE, columns: [NAME, ...], delimiter: ";", where: {COLUMN: VALUE}, list: LIST,
 *  holdout: {fraction: 0.2, seed: 1}}
 * {images: FILE, labels: FILE}
 * </pre>
 *
 * <p>where all but the files may be absent. Columns name those of a file without a header line. A
 * list {csv: FILE, row: COLUMN, where: {COLUMN: VALUE}} names rows by their number, 0 for the first
 * line of data. Under {@code train}, a hold-out means the rows that are left; under {@code test},
 * those held out. A name that ends in {@code .gz} is unpacked.
 */
public final class LayoutFile {

  private static final String[] CSV = {"csv", "delimiter", "columns", "where", "list", "holdout"};

  private final Path folder;

  private LayoutFile(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads {@code file}, whose names of files are relative to {@code folder}.
   *
   * @throws YamlException with the place of what is wrong
   */
  public static Layout read(Path file, Path folder) {
    Section root = YamlDocument.read(file).section("members", "whole");
    LayoutFile reader = new LayoutFile(folder);
    if (root.optional("members").isPresent() == root.optional("whole").isPresent()) {
      throw root.value().wrong("Exactly one of the keys 'members' and 'whole' must be there.");
    }
    SortedMap<MemberId, DataFiles> members = new TreeMap<>();
    root.optional("members")
        .ifPresent(value ->
            value
                .entries("pseudonyms with files")
                .forEach((name, files) ->
                    members.put(files.checked(() -> new MemberId(name)), reader.files(files))));
    return new Layout(members, root.optional("whole").map(reader::files));
  }

  private DataFiles files(Value value) {
    Section parts = value.section("train", "test");
    List<Source> train = sources(parts.required("train"), Split.TRAIN);
    List<Source> test =
        parts.optional("test").map(each -> sources(each, Split.TEST)).orElse(List.of());
    return value.checked(() -> new DataFiles(train, test));
  }

  private List<Source> sources(Value value, Split part) {
    return value.list().stream().map(each -> source(each, part)).toList();
  }

  private Source source(Value value, Split part) {
    if (value.isText()) {
      return Source.Csv.of(folder.resolve(value.text()));
    }
    if (value.entries("a file, or keys that describe it").containsKey("images")) {
      Section idx = value.section("images", "labels");
      return new Source.Idx(path(idx, "images"), path(idx, "labels"));
    }
    Section csv = value.section(CSV);
    Path file = path(csv, "csv");
    RowSelection rows =
        new RowSelection(
            where(csv),
            csv.optional("list").map(this::list),
            csv.optional("holdout").map(each -> holdout(each, part)));
    return value.checked(() -> new Source.Csv(file, format(csv), rows));
  }

  private static CsvFormat format(Section csv) {
    Optional<Value> delimiter = csv.optional("delimiter");
    String parting = delimiter.map(Value::text).orElse(",");
    if (parting.length() != 1) {
      throw delimiter.orElse(csv.value()).wrong("A delimiter is a single character, such as ';'.");
    }
    return new CsvFormat(
        parting.charAt(0), csv.optional("columns").map(Value::texts).orElse(List.of()));
  }

  private RowSelection.SplitList list(Value value) {
    Section list = value.section("csv", "row", "where");
    return new RowSelection.SplitList(path(list, "csv"), list.required("row").text(), where(list));
  }

  private static RowSelection.Holdout holdout(Value value, Split part) {
    Section holdout = value.section("fraction", "seed");
    double fraction = holdout.required("fraction").real();
    long seed = holdout.optional("seed").map(s -> s.integer(0, Long.MAX_VALUE)).orElse(0L);
    return value.checked(() -> new RowSelection.Holdout(fraction, seed, part));
  }

  private static Map<String, String> where(Section section) {
    Map<String, String> where = new LinkedHashMap<>();
    section
        .optional("where")
        .ifPresent(value ->
            value
                .entries("columns with values")
                .forEach((column, wanted) -> where.put(column, wanted.text())));
    return where;
  }

  private Path path(Section section, String key) {
    return folder.resolve(section.required(key).text());
  }
}
