package org.madrigal.trainer.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a CSV file line by line, every fault with its place. */
final class CsvFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final CsvFormat format;

  CsvFile(Path path, CsvFormat format) {
    this.path = path;
    this.format = format;
  }

  /** Calls {@code consumer} for each line of data, in order; throws DataException on any fault. */
  void forEach(Consumer<Line> consumer) {
    try (InputStream stream = open(path);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        CsvReader<CsvRecord> records = records(reader)) {
      Columns columns = null;
      for (CsvRecord row : records) {
        if (columns != null) {
          consumer.accept(columns.line(row));
        } else if (format.columns().isEmpty()) {
          columns = new Columns(row.getFields(), row.getStartingLineNumber() + 1);
        } else {
          columns = new Columns(format.columns(), 1);
          consumer.accept(columns.line(row));
        }
      }
      if (columns == null) {
        throw new DataException("%s is empty: rows were expected".formatted(path));
      }
    } catch (CharacterCodingException e) {
      throw new DataException("%s is not UTF-8 text".formatted(path), e);
    } catch (CsvParseException e) {
      throw unreadable(e);
    } catch (UncheckedIOException e) {
      throw unreadable(e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opens a file, unpacking {@code .gz}. */
  static InputStream open(Path path) throws IOException {
    InputStream stream;
    try {
      stream = Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new DataException("%s does not exist".formatted(path.toAbsolutePath()), e);
    }
    if (!path.toString().endsWith(".gz")) {
      return stream;
    }
    try {
      return new GZIPInputStream(stream, 1 << 16);
    } catch (ZipException e) {
      stream.close();
      throw new DataException("%s is not a gzip file".formatted(path), e);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private CsvReader<CsvRecord> records(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return CsvReader.builder()
        .fieldSeparator(format.delimiter())
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(reader);
  }

  private DataException unreadable(Throwable cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause.getCause() instanceof CharacterCodingException) {
      return new DataException("%s is not UTF-8 text".formatted(path), cause);
    }
    return new DataException("%s cannot be read: %s".formatted(path, reason), cause);
  }

  /** The names of the columns and where the data begin. */
  private final class Columns {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> names;
    private final long firstLine;

    Columns(List<String> names, long firstLine) {
      this.names = names.stream().map(String::strip).toList();
      this.firstLine = firstLine;
      for (int i = 0; i < this.names.size(); i++) {
        if (indexes.putIfAbsent(this.names.get(i), i) != null) {
          throw new DataException(
              "%s has the column '%s' twice".formatted(path, this.names.get(i)));
        }
      }
    }

    Line line(CsvRecord row) {
      if (row.getFieldCount() != names.size()) {
        throw new DataException(
            "%s line %d has %d fields; %d were expected (%s)"
                .formatted(
                    path,
                    row.getStartingLineNumber(),
                    row.getFieldCount(),
                    names.size(),
                    abbreviated()));
      }
      return new Line(this, row);
    }

    private String abbreviated() {
      return names.size() <= 20
          ? String.join(", ", names)
          : String.join(", ", names.subList(0, 20)) + ", ...";
    }
  }

  /** One line of data. */
  final class Line {
    private final Columns columns;
    private final CsvRecord fields;

    private Line(Columns columns, CsvRecord fields) {
      this.columns = columns;
      this.fields = fields;
    }

    /** The number of the row: 0 for the first line of data. */
    long row() {
      return fields.getStartingLineNumber() - columns.firstLine;
    }

    /** The text in {@code column}, without the space around it. */
    String text(String column) {
      Integer index = columns.indexes.get(column);
      if (index == null) {
        throw new DataException(
            "%s has no column '%s'; it has %s".formatted(path, column, columns.abbreviated()));
      }
      return fields.getField(index).strip();
    }

    /** The number in {@code column}, as a single. */
    double number(String column) {
      String text = text(column);
      double number;
      try {
        number = looksLikeANumber(text) ? Double.parseDouble(text) : Double.NaN;
      } catch (NumberFormatException e) {
        number = Double.NaN;
      }
      if (!Float.isFinite((float) number)) {
        throw fault(column, "is not a finite number");
      }
      return number;
    }

    /** A fault at this line and {@code column}. */
    DataException fault(String column, String what) {
      return new DataException(
          "%s line %d, column '%s': '%s' %s"
              .formatted(path, fields.getStartingLineNumber(), column, text(column), what));
    }

    private static boolean looksLikeANumber(String text) {
      for (int i = 0; i < text.length(); i++) {
        if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
          return false; // refuses Java's 1f, 0x1p3, NaN and Infinity
        }
      }
      return true;
    }
  }
}
