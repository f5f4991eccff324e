package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.core.crypto.Bytes;

final class CborTest {

  /** RFC 8949, appendix A. */
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "10, 0a",
    "23, 17",
    "24, 1818",
    "25, 1819",
    "100, 1864",
    "1000, 1903e8",
    "1000000, 1a000f4240",
    "1000000000000, 1b000000e8d4a51000",
    "9223372036854775807, 1b7fffffffffffffff",
    "-1, 20",
    "-10, 29",
    "-100, 3863",
    "-1000, 3903e7",
    "-9223372036854775808, 3b7fffffffffffffff"
  })
  void writesAndReadsIntegersAsTheStandardSays(long value, String hex) throws Exception {
    Bytes encoded = CborWriter.encode(w -> w.integer(value));
    assertThat(encoded.hex()).isEqualTo(hex);
    assertThat(CborReader.decode(encoded, CborReader::integer)).isEqualTo(value);
  }

  /** RFC 8949, appendix A. */
  @ParameterizedTest
  @CsvSource({
    "0.0, f90000",
    "-0.0, f98000",
    "1.0, f93c00",
    "1.1, fb3ff199999999999a",
    "1.5, f93e00",
    "65504.0, f97bff",
    "100000.0, fa47c35000",
    "3.4028234663852886e+38, fa7f7fffff",
    "1.0e+300, fb7e37e43c8800759c",
    "5.960464477539063e-8, f90001",
    "0.00006103515625, f90400",
    "-4.0, f9c400",
    "-4.1, fbc010666666666666"
  })
  void writesAndReadsTheShortestFloatingPointNumber(double value, String hex) throws Exception {
    Bytes encoded = CborWriter.encode(w -> w.real(value));
    assertThat(encoded.hex()).isEqualTo(hex);
    assertThat(Double.compare(CborReader.decode(encoded, CborReader::real), value)).isZero();
  }

  /** RFC 8949, appendix A. */
  @ParameterizedTest
  @CsvSource({"'', 60", "a, 6161", "IETF, 6449455446", "ü, 62c3bc", "水, 63e6b0b4"})
  void writesAndReadsTexts(String value, String hex) throws Exception {
    Bytes encoded = CborWriter.encode(w -> w.text(value));
    assertThat(encoded.hex()).isEqualTo(hex);
    assertThat(CborReader.decode(encoded, CborReader::text)).isEqualTo(value);
  }

  @Test
  void readsNestedLists() throws Exception {
    List<List<Long>> value = List.of(List.of(1L), List.of(), List.of(2L, 3L));
    Bytes encoded = CborWriter.encode(w -> w.list(value, inner -> w.list(inner, w::integer)));
    assertThat(encoded.hex()).isEqualTo("838101" + "80" + "820203");
    List<List<Long>> read =
        CborReader.<List<List<Long>>>decode(
            encoded, r -> r.list(inner -> inner.list(CborReader::integer)));
    assertThat(read).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0001, bytes follow",
    "1bffffffffffffffff, out of range",
    "f6, expected an integer",
    "'', expected an integer but found the end",
    "18, not CBOR",
    "ff, not CBOR"
  })
  void refusesWhatIsNotOneInteger(String hex, String message) {
    assertThatThrownBy(() -> CborReader.decode(Bytes.ofHex(hex), CborReader::integer))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesDepthBeyondTheLimit() {
    Bytes deep = Bytes.ofHex("81".repeat(5000) + "00");
    CborReader.Body<List<Object>> recursive =
        new CborReader.Body<>() {
          @Override
          public List<Object> read(CborReader reader)
              throws java.io.IOException, MalformedException {
            return reader.list(inner -> this.read(inner));
          }
        };
    assertThatThrownBy(() -> CborReader.decode(deep, recursive))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("limits");
  }

  @Test
  void refusesLengthsThatPromiseMoreThanThereIs() {
    for (String hex : List.of("5bffffffffffffffff", "5affffffff00", "7affffffff61", "9affffffff")) {
      assertThatThrownBy(() ->
              CborReader.decode(
                  Bytes.ofHex(hex),
                  r ->
                      hex.startsWith("5")
                          ? r.bytes()
                          : hex.startsWith("7") ? r.text() : r.list(CborReader::integer)))
          .as(hex)
          .isInstanceOf(MalformedException.class);
    }
  }
}
