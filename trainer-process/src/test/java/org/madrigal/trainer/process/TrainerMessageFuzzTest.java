package org.madrigal.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.data.Matrix;

/** Messages from a program that says anything. */
@Timeout(10)
final class TrainerMessageFuzzTest {

  private static final Recipe RECIPE = Recipes.heart(new Optimiser.Sgd(0.05, 0, 0));
  private static final Parameters START = Initialisation.UNIFORM.parameters(RECIPE.model(), 42);
  private static final int ROWS = 3;

  static Stream<byte[]> messages() throws InterruptedException {
    Stream.Builder<byte[]> seeds = Stream.builder();
    seeds.add(written(Body.of(RECIPE.model().layout(), START)));
    seeds.add(written(Body.NONE.and(Answers.OUTPUTS, Matrix.of(ROWS, 1, 1, -2, 3))));
    seeds.add(
        written(
            Body.NONE
                .and(Answers.OUTPUTS, Matrix.of(ROWS, 1, 1, -2, 3))
                .and(Answers.TARGETS, Matrix.of(ROWS, 1, 1, 0, 1))));
    seeds.add(written(Body.NONE));
    return seeds.build();
  }

  private static byte[] written(Body body) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.send(
        Json.object(
            """
            {"type": "result", "id": 1, "samples": 3, "loss": 0.5, "metrics": {"auc": 1},
             "confusion": [[1, 0], [0, 2]]}
            """
                .getBytes(StandardCharsets.UTF_8),
            "a seed"),
        buffer -> {
          byte[] bytes = new byte[buffer.remaining()];
          buffer.get(bytes);
          out.writeBytes(bytes);
        });
    return out.toByteArray();
  }

  private static Feed feed(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    return buffer -> {
      if (all.remaining() < buffer.remaining()) {
        throw new Misspoken("the bytes end");
      }
      int count = buffer.remaining();
      buffer.put(all.slice(all.position(), count));
      all.position(all.position() + count);
    };
  }

  /** Something that reads an answer. */
  private interface Reading {
    void read(Message message, Feed feed) throws InterruptedException;
  }

  private static void read(byte[] bytes, Reading reading) throws InterruptedException {
    try {
      Feed feed = feed(bytes);
      reading.read(Message.read(feed, Answers.most(START.length())), feed);
    } catch (Misspoken | TrainerException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  @FuzzTest
  @MethodSource("messages")
  void areReadOrRefused(byte[] bytes) throws InterruptedException {
    read(
        bytes,
        (message, feed) -> {
          Parameters read = Answers.parameters(RECIPE.model().layout(), message, feed);
          assertThat(read.length()).isEqualTo(START.length());
        });
    read(
        bytes,
        (message, feed) -> {
          Matrix values = Answers.outputs(RECIPE, ROWS, message, feed).values();
          assertThat(values.rows()).isEqualTo(ROWS);
        });
    read(
        bytes,
        (message, feed) ->
            assertThat(Answers.judged(RECIPE, ROWS, message, feed).samples()).isEqualTo(ROWS));
    read(
        bytes,
        (message, feed) ->
            assertThat(Answers.figures(RECIPE, ROWS, message.header()).samples()).isEqualTo(ROWS));
    read(
        bytes,
        (message, feed) -> {
          Json.texts(message.header(), "versions");
          Answers.checkLayout(RECIPE.model().layout(), message.header());
          Session.skip(message, feed);
        });
  }
}
