package org.madrigal.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One room of the house: a package with everything below it that is not a room of its own.
 *
 * @param name the package, without the root of the project
 * @param mayKnow the other rooms whose types it may use
 * @param libraries the packages outside the project that it may use, beside those that every room
 *     may
 */
record Room(String name, Set<String> mayKnow, Set<String> libraries) {

  /** What the code of every room may use, pure or not. */
  static final List<String> LIBRARIES_OF_ALL = List.of("java", "org.jspecify.annotations");

  /** CBOR and JSON. */
  private static final String JACKSON = "com.fasterxml.jackson";

  private static final String LOG = "org.slf4j";

  static final List<Room> HOUSE =
      List.of(
          new Room("core.crypto", Set.of(), Set.of("org.bouncycastle", "javax.crypto")),
          new Room("core.model", Set.of("core.crypto"), Set.of()),
          new Room(
              "core.protocol", Set.of("core.crypto", "core.model", "core.secagg"), Set.of(JACKSON)),
          new Room("core.secagg", Set.of("core.crypto"), Set.of()),
          new Room("core.robust", Set.of("core.crypto", "core.protocol"), Set.of()),
          new Room(
              "core.state",
              Set.of("core.crypto", "core.model", "core.protocol", "core.robust", "core.secagg"),
              Set.of()),
          new Room(
              "core.duty",
              Set.of("core.crypto", "core.model", "core.protocol", "core.secagg", "core.state"),
              Set.of()),
          new Room(
              "core.member",
              Set.of("core.crypto", "core.protocol", "core.secagg", "core.state"),
              Set.of()),
          new Room("ledger", Set.of("core.crypto", "core.protocol"), Set.of(LOG)),
          new Room(
              "ledger.http",
              Set.of("core.crypto", "core.protocol", "ledger"),
              Set.of("org.eclipse.jetty", "javax.net.ssl", JACKSON, LOG)),
          new Room(
              "ledger.evm",
              Set.of("core.crypto", "core.protocol", "ledger"),
              Set.of("org.web3j", "org.bouncycastle", "javax.crypto", JACKSON, LOG)),
          new Room(
              "trainer",
              Set.of("core.crypto", "core.model", "core.protocol", "trainer.data"),
              Set.of()),
          new Room(
              "trainer.data",
              Set.of("core.crypto", "core.model", "core.protocol", "trainer"),
              Set.of("de.siegmar.fastcsv")),
          new Room(
              "trainer.attack",
              Set.of(
                  "core.crypto",
                  "core.model",
                  "core.protocol",
                  "core.robust",
                  "trainer",
                  "trainer.data"),
              Set.of()),
          new Room(
              "trainer.djl",
              Set.of("core.crypto", "core.model", "core.protocol", "trainer", "trainer.data"),
              Set.of("ai.djl")),
          new Room(
              "trainer.process",
              Set.of("core.crypto", "core.model", "core.protocol", "trainer", "trainer.data"),
              Set.of(JACKSON)),
          new Room(
              "node",
              Set.of(
                  "core.crypto",
                  "core.model",
                  "core.protocol",
                  "core.secagg",
                  "core.state",
                  "core.duty",
                  "core.member",
                  "ledger",
                  "trainer",
                  "trainer.data"),
              Set.of("org.bouncycastle", "javax.crypto", LOG)),
          new Room(
              "simulation",
              Set.of(
                  "core.crypto",
                  "core.model",
                  "core.protocol",
                  "core.secagg",
                  "core.state",
                  "core.member",
                  "ledger",
                  "trainer",
                  "trainer.data",
                  "node"),
              Set.of()),
          new Room(
              "app",
              Set.of(
                  "core.crypto",
                  "core.model",
                  "core.protocol",
                  "core.secagg",
                  "core.state",
                  "core.duty",
                  "core.member",
                  "ledger",
                  "ledger.http",
                  "ledger.evm",
                  "trainer",
                  "trainer.attack",
                  "trainer.data",
                  "trainer.djl",
                  "trainer.process",
                  "node",
                  "simulation"),
              Set.of(
                  "picocli",
                  "com.samskivert.mustache",
                  "org.snakeyaml.engine",
                  "org.eclipse.jetty",
                  "io.micrometer",
                  "javax.crypto",
                  "javax.net.ssl",
                  JACKSON,
                  LOG)));

  /**
   * The room of a class of the project whose packages begin at {@code root}; empty where no room
   * takes it.
   */
  static Optional<Room> of(JavaClass type, String root) {
    String name = type.getPackageName();
    Optional<Room> narrowest = Optional.empty();
    for (Room room : HOUSE) {
      boolean narrower =
          narrowest.isEmpty() || narrowest.get().name().length() < room.name().length();
      if (narrower && isWithin(name, root + "." + room.name())) {
        narrowest = Optional.of(room);
      }
    }
    return narrowest;
  }

  /** The first word of the name: {@code ledger} for {@code ledger.http}. */
  String family() {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** Whether the room may use a package outside the project. */
  boolean mayUse(String library) {
    return LIBRARIES_OF_ALL.stream().anyMatch(allowed -> isWithin(library, allowed))
        || libraries.stream().anyMatch(allowed -> isWithin(library, allowed));
  }

  static boolean isWithin(String name, String surrounding) {
    return name.equals(surrounding) || name.startsWith(surrounding + ".");
  }
}
