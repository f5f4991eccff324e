package org.madrigal.app.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads one YAML document. Anchors and aliases are refused: a small file must not become a large
 * one, and everything that is said must stand where it is read.
 */
public final class YamlDocument {

  /** The most bytes of a file. */
  public static final int MAX_BYTES = 4 << 20;

  private static final int MAX_DEPTH = 24;

  private YamlDocument() {}

  /**
   * Reads a file.
   *
   * @throws YamlException if it cannot be read, is too large, or is not one YAML document
   */
  public static Value read(Path file) {
    byte[] bytes;
    try {
      if (Files.isDirectory(file)) {
        throw new YamlException("%s is a folder, not a YAML file.".formatted(file));
      }
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new YamlException(
            "%s has %d bytes; a YAML file here has at most %d.".formatted(file, size, MAX_BYTES));
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new YamlException("There is no file %s.".formatted(file), e);
    } catch (AccessDeniedException e) {
      throw new YamlException("You may not read %s; change its permissions.".formatted(file), e);
    } catch (IOException e) {
      throw new YamlException("Cannot read %s: %s.".formatted(file, e.getMessage()), e);
    }
    try {
      return parse(
          file.toString(), StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
    } catch (CharacterCodingException e) {
      throw new YamlException("%s is not a text in UTF-8.".formatted(file), e);
    }
  }

  /**
   * Reads a text.
   *
   * @param name what to call it in messages: the file's name
   * @throws YamlException if it is not one YAML document
   */
  public static Value parse(String name, CharSequence text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(MAX_BYTES).build();
    try {
      check(name, new Parse(settings).parseString(text.toString()));
      Optional<Node> root = new Compose(settings).composeString(text.toString());
      if (root.isEmpty()) {
        throw new YamlException("%s is empty.".formatted(name));
      }
      return new Value(name, "", root.get());
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem().replaceAll("\\s+", " ");
      throw new YamlException(
          "%s: This is not YAML: %s.".formatted(place(name, e.getProblemMark()), problem), e);
    } catch (YamlEngineException e) {
      throw new YamlException("%s: This is not YAML: %s.".formatted(name, e.getMessage()), e);
    }
  }

  private static void check(String name, Iterable<Event> events) {
    int documents = 0;
    int depth = 0;
    for (Event event : events) {
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        throw refused(name, event, "A second document begins here; one is expected.");
      }
      if (event instanceof AliasEvent
          || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
        throw refused(name, event, "Anchors (&) and aliases (*) are not allowed; write it out.");
      }
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw refused(name, event, "The file is nested more than %d deep.".formatted(MAX_DEPTH));
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static YamlException refused(String name, Event event, String sentence) {
    return new YamlException("%s: %s".formatted(place(name, event.getStartMark()), sentence));
  }

  /** {@code file:line:column}, both counted from 1. */
  static String place(String name, Optional<Mark> mark) {
    return mark.map(m -> "%s:%d:%d".formatted(name, m.getLine() + 1, m.getColumn() + 1))
        .orElse(name);
  }
}
