package org.madrigal.app.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as its jar names it. */
public final class Version implements IVersionProvider {

  /** Created by picocli. */
  public Version() {}

  /** The version, or {@code development} where the program does not run from its jar. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"madrigal " + current()};
  }
}
