package org.madrigal.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.model.TensorLayout;

/** What others wrote as safetensors. */
final class TensorsTest {

  private static final TensorLayout LAYOUT =
      new TensorLayout(
          List.of(new Tensor("a", Shape.of(2), 1), new Tensor("b", Shape.of(1, 1), 1)));

  private static byte[] file(String header, String numbers) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] data = HexFormat.of().parseHex(numbers);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private static Parameters read(byte[] file) throws InterruptedException {
    ByteBuffer all = ByteBuffer.wrap(file);
    Message message = new Message(Json.MAPPER.createObjectNode(), file.length);
    return Answers.parameters(
        LAYOUT,
        message,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put(all.get());
          }
        });
  }

  /** 1, -2 and 0.5 as IEEE 754 defines them, in another order than the layout's. */
  @ParameterizedTest
  @CsvSource({
    "F32, 4, 0000003f 0000803f 000000c0",
    "F64, 8, 000000000000e03f 000000000000f03f 00000000000000c0",
    "F16, 2, 0038 003c 00c0",
    "BF16, 2, 003f 803f 00c0"
  })
  void areSinglesInTheOrderOfTheLayout(String type, int width, String numbers)
      throws InterruptedException {
    String header =
        ("{'__metadata__': {'format': 'pt'},"
                + " 'b': {'dtype': '%1$s', 'shape': [1, 1], 'data_offsets': [0, %2$d]},"
                + " 'a': {'dtype': '%1$s', 'shape': [2], 'data_offsets': [%2$d, %3$d]}}")
            .formatted(type, width, 3 * width);
    assertThat(read(file(header, numbers.replace(" ", "")))).isEqualTo(Parameters.of(1, -2, 0.5f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'a': {'dtype': 'I64', 'shape': [2], 'data_offsets': [0, 16]}} | not I64
          {'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [4, 12]}} | not behind the one before
          {'a': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 8]}}  | cannot lie at bytes 0 to 8
          {'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}  | the body has 12 for them
          {'a': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 12]}} | model has a[2], b[1, 1]
          {'a': {'dtype': 'F32', 'shape': [99999, 99999], 'data_offsets': [0, 8]}} | too large
          {'a': {'dtype': 'F32', 'shape': [-2], 'data_offsets': [0, 8]}} | no count
          {'a': 1, 'a': 2} | not JSON
          []               | not a JSON object
          """)
  void areRefused(String header, String reason) {
    assertThatThrownBy(() -> read(file(header, "00".repeat(12))))
        .isInstanceOf(Misspoken.class)
        .hasMessageContaining(reason);
  }

  @Test
  void areWrittenAsTheyAreRead() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Parameters parameters = Parameters.of(1, 2, 3);
    Body.of(LAYOUT, parameters)
        .send(
            Json.MAPPER.createObjectNode().put("type", "x"),
            buffer -> {
              while (buffer.hasRemaining()) {
                out.write(buffer.get());
              }
            });
    byte[] all = out.toByteArray();
    byte[] body = Arrays.copyOfRange(all, 12 + "{\"type\":\"x\"}".length(), all.length);
    assertThat(read(body)).isEqualTo(parameters);
  }
}
