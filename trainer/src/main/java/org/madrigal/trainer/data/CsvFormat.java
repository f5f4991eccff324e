package org.madrigal.trainer.data;

import java.util.List;

/**
 * How a CSV file is laid out. Always UTF-8 (with or without a byte order mark), lines end in LF or
 * CRLF, fields may be quoted with {@code "} (RFC 4180); a name that ends in {@code .gz} is
 * unpacked.
 *
 * @param delimiter the character between fields
 * @param columns the columns' names where the file has no header line; empty where it has one
 */
public record CsvFormat(char delimiter, List<String> columns) {

  /** Fields parted by commas, names in the first line. */
  public static final CsvFormat HEADER = new CsvFormat(',', List.of());

  /** Copies the names. */
  public CsvFormat {
    columns = List.copyOf(columns);
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException(
          "A quote or line end cannot part the fields of a CSV file");
    }
  }
}
