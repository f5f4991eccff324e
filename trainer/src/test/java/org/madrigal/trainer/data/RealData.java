package org.madrigal.trainer.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The published data sets, where this machine has them: in the folder named by the system property
 * or environment variable {@code MADRIGAL_DATA}, else in {@code ../shared/data} beside the
 * repository.
 */
public final class RealData {

  private RealData() {}

  /** The folder of the data set {@code name}, such as {@code heart-disease}. */
  public static Optional<Path> folder(String name) {
    String property = System.getProperty("MADRIGAL_DATA", System.getenv("MADRIGAL_DATA"));
    Path root = property == null ? Path.of("../../shared/data") : Path.of(property);
    return Optional.of(root.resolve(name)).filter(Files::isDirectory);
  }
}
