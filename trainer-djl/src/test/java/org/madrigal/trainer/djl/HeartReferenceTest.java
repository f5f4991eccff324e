package org.madrigal.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Recipes;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.RealData;

/**
 * On the four hospitals' published rows where this machine has them, else on generated ones of the
 * same form, on which the same must hold less sharply.
 */
final class HeartReferenceTest {

  private static final Optional<Path> REAL = RealData.folder("heart-disease");

  @TempDir private Path generated;

  /** Rows kept and positives as Fed-Heart-Disease counts them. */
  @Test
  void keepsTheRowsOfTheReference() throws IOException {
    int[][] expected =
        REAL.isPresent()
            ? new int[][] {
              {199, 91, 104, 48}, {172, 65, 89, 33}, {30, 30, 16, 15}, {85, 66, 45, 35}
            }
            : GeneratedHeart.COUNTS;
    Path folder = folder();
    for (int hospital = 0; hospital < expected.length; hospital++) {
      DataSpec spec = Recipes.heartData();
      MemberData data = MemberData.read(spec, HeartDisease.files(folder, hospital));

      assertThat(
              new int[] {
                data.train().rows(),
                data.train().classCounts()[1],
                data.test().rows(),
                data.test().classCounts()[1]
              })
          .as(HeartDisease.HOSPITALS.get(hospital))
          .containsExactly(expected[hospital]);
    }
  }

  /** Reference .7953 over five seeds, with a standard deviation of .003; this is one seed. */
  @Test
  void meetsTheReferenceOnPooledRows() throws IOException, InterruptedException {
    double accuracy = new HeartReference(folder()).trainedTogether(42);

    assertThat(accuracy).isCloseTo(0.7953, within(REAL.isPresent() ? 0.015 : 0.2));
  }

  /** Reference .7787 over five seeds, with a standard deviation of .015; this is one seed. */
  @Test
  void meetsTheReferenceOfFedYogi() throws IOException, InterruptedException {
    double accuracy =
        new HeartReference(folder()).federated(42, 0.003162, HeartReference.Server.YOGI);

    assertThat(accuracy).isCloseTo(0.7787, within(REAL.isPresent() ? 0.045 : 0.2));
  }

  private Path folder() throws IOException {
    if (REAL.isPresent()) {
      return REAL.get();
    }
    GeneratedHeart.write(generated);
    return generated;
  }
}
