package org.madrigal.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, as the build wrote it into the manifest of {@code madrigal.jar}. */
final class Version implements IVersionProvider {

  /**
   * The number, such as {@code 0.1.0}; {@code unreleased} where the classes do not come from the
   * jar.
   */
  static String number() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "unreleased");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"madrigal " + number()};
  }
}
