package org.madrigal.core.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The values that {@code src/test/python/secagg_vectors.py} has written. */
public final class Vectors {

  private static final String RESOURCE = "/org/madrigal/core/secagg/vectors.properties";

  private final Properties values = new Properties();

  /** Reads the file. */
  public Vectors() {
    try (InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      values.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of that name. */
  public Bytes bytes(String name) {
    return Bytes.ofHex(Objects.requireNonNull(values.getProperty(name), name));
  }

  /** A secret of the vectors: see {@link PresetGenerator#pattern}. */
  public static Secret secret(int start, int length) {
    return Secret.copyOf(PresetGenerator.pattern(start, length));
  }
}
