package org.madrigal.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.TensorLayout;

class SafeTensorsTest {

  private static final TensorLayout LAYOUT =
      new ModelSpec(
              Shape.of(2),
              List.of(new Layer.Linear(3, true), Layer.Activation.RELU, new Layer.Linear(1, true)))
          .layout();
  private static final Parameters PARAMETERS =
      Parameters.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -0f);
  private static final Map<String, String> METADATA = Map.of("round", "3", "charter", "ab\"c");

  @Test
  void writesTheHeaderOfTheFormat() {
    Bytes file = SafeTensors.encode(LAYOUT, PARAMETERS, METADATA);

    long length = file.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header =
        new String(file.slice(8, 8 + (int) length).toByteArray(), StandardCharsets.UTF_8);
    assertThat(length % 8).isZero();
    assertThat(header.strip())
        .isEqualTo(
            "{\"__metadata__\":{\"charter\":\"ab\\\"c\",\"round\":\"3\"},"
                + "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]},"
                + "\"0.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[24,36]},"
                + "\"2.weight\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[36,48]},"
                + "\"2.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[48,52]}}");
    assertThat(file.length()).isEqualTo(8 + length + 52);
  }

  @Test
  void keepsTheModelsDigestBehindTheHeader() {
    SafeTensors read = SafeTensors.decode(SafeTensors.encode(LAYOUT, PARAMETERS, METADATA), LAYOUT);

    assertThat(read.metadata()).isEqualTo(METADATA);
    assertThat(read.parameters()).isEqualTo(PARAMETERS);
    assertThat(Digest.of(read.data())).isEqualTo(PARAMETERS.digest());
  }

  @Test
  void readsFilesOfOtherWriters() {
    String header =
        "{\"0.bias\":{\"data_offsets\":[24,36],\"dtype\":\"F32\",\"shape\":[3]}, "
            + "\"0.weight\":{\"data_offsets\":[0,24],\"dtype\":\"F32\",\"shape\":[3,2]},"
            + "\"2.weight\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[36,48]},"
            + "\"2.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[48,52]}}";

    assertThat(SafeTensors.decode(file(header), LAYOUT).parameters()).isEqualTo(PARAMETERS);
  }

  @Test
  void refusesOtherTensorsAndBrokenFiles() {
    Bytes good = SafeTensors.encode(LAYOUT, PARAMETERS, METADATA);
    TensorLayout other = new ModelSpec(Shape.of(2), List.of(new Layer.Linear(1, true))).layout();

    assertRefused(good, other, "but the charter's model has 0.weight[1,2], 0.bias[1]");
    assertRefused(good.slice(0, 5), LAYOUT, "8 bytes or more");
    assertRefused(good.slice(0, 100), LAYOUT, "The header of a safetensors file cannot have");
    assertRefused(good.slice(0, good.length() - 4), LAYOUT, "48 bytes of numbers");
    assertRefused(file("[1]"), LAYOUT, "no object");
    assertRefused(file("{\"a\":1,\"a\":2}"), LAYOUT, "not JSON");
  }

  private static Bytes file(String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(8 + json.length + 52).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(json.length).put(json).put(PARAMETERS.toBytes().asReadOnlyBuffer());
    return Bytes.takeOver(buffer.array());
  }

  private static void assertRefused(Bytes file, TensorLayout layout, String message) {
    assertThatThrownBy(() -> SafeTensors.decode(file, layout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
