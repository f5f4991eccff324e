package org.madrigal.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.protocol.MemberId;

/**
 * The section {@code attachments} of a member's settings: where its node gives the others the
 * attachments that lie off the ledger, and where theirs do.
 *
 * @param serve where it listens
 * @param identity its certificate and key; nothing where it listens to this machine only
 * @param peers where the other members' nodes listen
 * @param trust the certificates of the others; nothing for those of the Java platform
 */
public record AttachmentsSection(
    HostPort serve,
    Optional<Identity> identity,
    SortedMap<MemberId, URI> peers,
    Optional<Path> trust) {

  /**
   * What a node shows to those that ask it.
   *
   * @param certificate PEM with its certificate
   * @param key PEM with the private key
   */
  public record Identity(Path certificate, Path key) {}

  /** Wraps the map. */
  public AttachmentsSection {
    peers = Collections.unmodifiableSortedMap(peers);
  }

  /**
   * Reads it.
   *
   * @param path makes a path of a value
   */
  static AttachmentsSection read(Value value, Function<Value, Path> path) {
    Section section = value.section("serve", "certificate", "key", "peers", "certificates");
    Value serve = section.required("serve");
    TreeMap<MemberId, URI> peers = new TreeMap<>();
    section
        .required("peers")
        .entries("members with the addresses of their nodes")
        .forEach((member, address) ->
            peers.put(
                address.checked(() -> new MemberId(member)),
                address.checked(() -> URI.create(address.text()))));
    Optional<Identity> identity = Optional.empty();
    if (section.optional("certificate").isPresent() || section.optional("key").isPresent()) {
      identity =
          Optional.of(
              new Identity(
                  path.apply(section.required("certificate")),
                  path.apply(section.required("key"))));
    }
    return new AttachmentsSection(
        serve.checked(() -> HostPort.parse(serve.text())),
        identity,
        peers,
        section.optional("certificates").map(path));
  }
}
