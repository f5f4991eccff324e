package org.madrigal.trainer.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Shape;

/**
 * Reads images and classes from IDX files (the format of MNIST).
 *
 * <pre>
 * 0, 0, type (8: unsigned byte), dimensions d | d sizes, 4 bytes big-endian each | the elements
 * </pre>
 */
final class ImageReader {

  private static final int UNSIGNED_BYTE = 8;

  private ImageReader() {}

  static Samples read(DataSpec.Images spec, Source.Idx source) {
    Idx images = images(spec, source.images());
    Idx labels = idx(source.labels());
    if (labels.sizes.length != 1 || labels.sizes[0] != images.sizes[0]) {
      throw new DataException(
          "%s holds %s labels for %d images in %s"
              .formatted(
                  source.labels(),
                  Arrays.toString(labels.sizes),
                  images.sizes[0],
                  source.images()));
    }
    return new Samples(
        matrix(images, spec),
        Matrix.takeOver(labels.sizes[0], 1, classes(labels.bytes, spec, source.labels())),
        spec.classes());
  }

  /** The images alone. */
  static Matrix inputs(DataSpec.Images spec, Path file) {
    return matrix(images(spec, file), spec);
  }

  private static Idx images(DataSpec.Images spec, Path file) {
    Idx images = idx(file);
    Shape shape = spec.shape();
    int[] expected =
        images.sizes.length == 3
            ? new int[] {images.sizes[0], shape.size(1), shape.size(2)}
            : new int[] {images.sizes[0], shape.size(0), shape.size(1), shape.size(2)};
    if (!Arrays.equals(images.sizes, expected)
        || (images.sizes.length == 3 && shape.size(0) != 1)) {
      throw new DataException(
          "%s holds %s; images of %s were expected"
              .formatted(file, Arrays.toString(images.sizes), shape));
    }
    return images;
  }

  private static Matrix matrix(Idx images, DataSpec.Images spec) {
    return Matrix.takeOver(images.sizes[0], spec.inputs(), scaled(images.bytes, spec.divisor()));
  }

  private static float[] scaled(byte[] bytes, double divisor) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = (float) ((bytes[i] & 0xff) / divisor);
    }
    return values;
  }

  private static float[] classes(byte[] bytes, DataSpec.Images spec, Path file) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xff;
      if (values[i] >= spec.classes()) {
        throw new DataException(
            "%s label %d is %d; classes 0 to %d were expected"
                .formatted(file, i, bytes[i] & 0xff, spec.classes() - 1));
      }
    }
    return values;
  }

  private static Idx idx(Path file) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(CsvFile.open(file), 1 << 16))) {
      int magic = in.readInt();
      int dimensions = magic & 0xff;
      if (magic >>> 8 != UNSIGNED_BYTE || dimensions < 1 || dimensions > 4) {
        throw new DataException(
            "%s is not an IDX file of unsigned bytes: it begins with %08x".formatted(file, magic));
      }
      int[] sizes = new int[dimensions];
      long elements = 1;
      for (int i = 0; i < dimensions; i++) {
        sizes[i] = in.readInt();
        if (sizes[i] < 1 || (elements *= sizes[i]) > Integer.MAX_VALUE / 4) {
          throw new DataException(
              "%s has impossible sizes: %s".formatted(file, Arrays.toString(sizes)));
        }
      }
      byte[] bytes = in.readNBytes((int) elements);
      if (bytes.length != elements) {
        throw new DataException(
            "%s is truncated: it holds %d of %d bytes".formatted(file, bytes.length, elements));
      }
      if (in.read() != -1) {
        throw new DataException("%s goes on after its %d bytes".formatted(file, elements));
      }
      return new Idx(sizes, bytes);
    } catch (EOFException e) {
      throw new DataException("%s is truncated: it ends too early".formatted(file), e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static final class Idx {
    final int[] sizes;
    final byte[] bytes;

    Idx(int[] sizes, byte[] bytes) {
      this.sizes = sizes;
      this.bytes = bytes;
    }
  }
}
