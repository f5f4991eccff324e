package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Shape;

final class ImageReaderTest {

  private static final DataSpec.Images SPEC = new DataSpec.Images(Shape.of(1, 1, 2), 3, 255);
  private static final String IMAGES =
      "00000803 00000002 00000001 00000002 00 ff 33 66".replace(" ", "");
  private static final String LABELS = "00000801 00000002 02 00".replace(" ", "");

  @TempDir private Path folder;

  @Test
  void readsImagesAndClasses() throws IOException {
    Samples samples = read(IMAGES, LABELS);

    assertThat(samples.features()).isEqualTo(Matrix.of(2, 2, 0, 1, 0.2f, 0.4f));
    assertThat(samples.labels()).containsExactly(2, 0);
    assertThat(samples.classes()).isEqualTo(3);
  }

  @Test
  void namesTheFileOfEveryFault() {
    refuses(IMAGES.substring(0, 38), LABELS, "images is truncated: it holds 3 of 4 bytes");
    refuses(IMAGES.substring(0, 6), LABELS, "images is truncated: it ends too early");
    refuses(IMAGES + "00", LABELS, "images goes on after its 4 bytes");
    refuses("00000d03" + IMAGES.substring(8), LABELS, "it begins with 00000d03");
    refuses("0000080300000002ffffffff00000002", LABELS, "impossible sizes: [2, -1, 0]");
    refuses("000008037fffffff7fffffff7fffffff", LABELS, "impossible sizes");
    refuses(IMAGES, "00000801 00000001 02".replace(" ", ""), "holds [1] labels for 2 images");
    refuses(IMAGES, LABELS.substring(0, 18) + "07", "label 1 is 7; classes 0 to 2 were expected");
    refuses(
        "00000803 00000001 00000002 00000002 00010203".replace(" ", ""),
        "00000801 00000001 02".replace(" ", ""),
        "holds [1, 2, 2]; images of [1, 1, 2] were expected");
  }

  private void refuses(String images, String labels, String message) {
    assertThatThrownBy(() -> read(images, labels))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private Samples read(String images, String labels) throws IOException {
    Path first = Files.write(folder.resolve("images"), HexFormat.of().parseHex(images));
    Path second = Files.write(folder.resolve("labels"), HexFormat.of().parseHex(labels));
    return ImageReader.read(SPEC, new Source.Idx(first, second));
  }
}
