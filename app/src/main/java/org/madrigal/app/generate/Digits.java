package org.madrigal.app.generate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * Made-up images in the form of MNIST's files: each class has a shape of its own, drawn as a few
 * blots, and each image shows it moved a little and under noise.
 */
final class Digits {

  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int BLOTS = 5;
  private static final int TRAINING = 6000;
  private static final int TEST = 1000;
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private Digits() {}

  static void write(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    double[][][] shapes = new double[CLASSES][BLOTS][2];
    for (double[][] shape : shapes) {
      for (double[] blot : shape) {
        blot[0] = 5 + random.nextInt(SIDE - 10);
        blot[1] = 5 + random.nextInt(SIDE - 10);
      }
    }
    write(folder, "train", TRAINING, shapes, random);
    write(folder, "t10k", TEST, shapes, random);
  }

  private static void write(Path folder, String part, int count, double[][][] shapes, Random random)
      throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    images.putInt(IMAGES_MAGIC).putInt(count).putInt(SIDE).putInt(SIDE);
    labels.putInt(LABELS_MAGIC).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(CLASSES);
      labels.put((byte) label);
      draw(images, shapes[label], random);
    }
    Generated.write(folder.resolve(part + "-images-idx3-ubyte.gz"), images.array());
    Generated.write(folder.resolve(part + "-labels-idx1-ubyte.gz"), labels.array());
  }

  private static void draw(ByteBuffer image, double[][] shape, Random random) {
    double down = 1.5 * random.nextGaussian();
    double right = 1.5 * random.nextGaussian();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double ink = 40 * random.nextDouble();
        for (double[] blot : shape) {
          double dy = y - blot[0] - down;
          double dx = x - blot[1] - right;
          ink += Math.max(0, 255 - 40 * (dy * dy + dx * dx));
        }
        image.put((byte) (int) Math.min(255, ink));
      }
    }
  }
}
