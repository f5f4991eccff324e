package org.madrigal.app.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;

/**
 * The section {@code dashboard} of a member's settings: whether and where its node shows itself. A
 * node without the section listens nowhere.
 *
 * @param address {@code HOST:PORT}; port 0 takes any free one
 * @param certificate PEM with the certificate of the server
 * @param certificateKey PEM with its private key
 * @param tokens who may ask, as {@code madrigal dashboard token new} writes it
 */
public record DashboardSection(
    String address,
    Optional<Path> certificate,
    Optional<Path> certificateKey,
    Optional<Path> tokens) {

  /** Where a dashboard is when nothing is said: on this machine only. */
  public static final String DEFAULT_ADDRESS = "127.0.0.1:0";

  static DashboardSection read(Value value, Function<Value, Path> path) {
    Section section = value.section("address", "certificate", "certificate-key", "tokens");
    return new DashboardSection(
        section.optional("address").map(Value::text).orElse(DEFAULT_ADDRESS),
        section.optional("certificate").map(path),
        section.optional("certificate-key").map(path),
        section.optional("tokens").map(path));
  }
}
