package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PurposeTest {

  static final Purpose VECTOR =
      Purpose.of("madrigal/test/1").with(Bytes.ofHex("00ff")).with("sum Σ").with(7).with(-2L);

  @Test
  void writesTheBytesOfTheVector() {
    assertThat(VECTOR.encoded()).isEqualTo(new Vectors().bytes("purpose"));
  }

  @Test
  void differsWhereverItsFieldsDiffer() {
    Purpose label = Purpose.of("a");
    List<Purpose> all =
        List.of(
            label,
            Purpose.of("ab"),
            label.with("b"),
            label.with(Bytes.ofHex("62")),
            label.with(""),
            label.with(Bytes.EMPTY),
            label.with("").with(""),
            label.with("bc").with("d"),
            label.with("b").with("cd"),
            label.with(0),
            label.with(0L),
            label.with(0).with(0),
            label.with(1),
            label.with(1L << 32));

    assertThat(all).doesNotHaveDuplicates();
    assertThat(all.stream().map(Purpose::digest)).doesNotHaveDuplicates();
  }
}
