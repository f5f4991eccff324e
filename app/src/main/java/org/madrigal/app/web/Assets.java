package org.madrigal.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * The files for browsers, in memory: exactly those beside this class in the program, each under its
 * own name. A path is looked up and never made into a file's name, so that none leads elsewhere.
 */
final class Assets {

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"));

  private final Map<String, Asset> byPath;

  private Assets(Map<String, Asset> byPath) {
    this.byPath = byPath;
  }

  /**
   * One file.
   *
   * @param type its media type
   * @param content its bytes
   * @param tag names them
   */
  record Asset(String type, Bytes content, String tag) {

    static Asset of(String type, Bytes content) {
      return new Asset(type, content, "\"" + Digest.of(content).hex().substring(0, 32) + "\"");
    }
  }

  /** Every file of the program's folder {@code org/madrigal/app/web}. */
  static Assets ofProgram() {
    URL marker = Objects.requireNonNull(Assets.class.getResource("login.html"), "login.html");
    try {
      URI uri = marker.toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Objects.requireNonNull(Path.of(uri).getParent()));
      }
      String file = uri.getRawSchemeSpecificPart();
      Path program = Path.of(URI.create(file.substring(0, file.indexOf("!/"))));
      try (FileSystem jar = FileSystems.newFileSystem(program)) {
        return read(jar.getPath("/" + Assets.class.getPackageName().replace('.', '/')));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The program's own resources have a wrong address", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Assets read(Path folder) throws IOException {
    TreeMap<String, Asset> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type != null) {
          found.put("/" + name, Asset.of(type, Bytes.takeOver(Files.readAllBytes(file))));
        }
      }
    }
    alias(found, "/", "/index.html");
    alias(found, "/", "/api.html");
    alias(found, "/api", "/api.html");
    alias(found, "/login", "/login.html");
    return new Assets(Collections.unmodifiableMap(found));
  }

  /** The first file that is there gets the name. */
  private static void alias(Map<String, Asset> found, String path, String file) {
    Asset asset = found.get(file);
    if (asset != null) {
      found.putIfAbsent(path, asset);
    }
  }

  Optional<Asset> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }
}
